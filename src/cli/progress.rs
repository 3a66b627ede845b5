//! The progress of a simulation: on stderr, only on a terminal, only beyond a second.

use crate::engine::simulate::Control;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Time without a bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Time between two looks at the counter.
const PACE: Duration = Duration::from_millis(100);

/// Does `work` while a bar shows how many of `total` futures are done, `what` for.
pub(super) fn watched<T>(
    shown: bool,
    what: &str,
    control: &Control,
    total: &AtomicU64,
    work: impl FnOnce() -> T,
) -> T {
    if !shown {
        return work();
    }
    let start = Instant::now();
    std::thread::scope(|scope| {
        let (done, wait) = channel::<()>();
        scope.spawn(move || {
            // The sender is dropped when the work ends, by success or by panic.
            if wait.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = bar(what, total.load(Ordering::Relaxed));
            loop {
                let (done, all) = (
                    control.done.load(Ordering::Relaxed),
                    total.load(Ordering::Relaxed),
                );
                bar.set_message(time_left(start.elapsed(), done, all));
                bar.set_length(all);
                bar.set_position(done);
                if wait.recv_timeout(PACE) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
            }
            bar.finish_and_clear();
        });
        let result = work();
        drop(done);
        result
    })
}

/// Does `work` while a line shows the text of `status`: how far a search is.
pub(super) fn told<T>(shown: bool, status: &Mutex<String>, work: impl FnOnce() -> T) -> T {
    if !shown {
        return work();
    }
    std::thread::scope(|scope| {
        let (done, wait) = channel::<()>();
        scope.spawn(move || {
            if wait.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
                line.set_style(style);
            }
            loop {
                if let Ok(status) = status.lock() {
                    line.set_message(status.clone());
                }
                line.tick();
                if wait.recv_timeout(PACE) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
            }
            line.finish_and_clear();
        });
        let result = work();
        drop(done);
        result
    })
}

/// `, 12 s left` at the pace since the start, which the bar itself has not seen from the beginning.
fn time_left(elapsed: Duration, done: u64, all: u64) -> String {
    if done == 0 {
        return String::new();
    }
    let pace = elapsed.as_secs_f64() / done as f64;
    let seconds = (pace * all.saturating_sub(done) as f64).ceil() as u64;
    match seconds {
        0..120 => format!(", {seconds} s left"),
        _ => format!(", {} min left", seconds.div_ceil(60)),
    }
}

fn bar(what: &str, total: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let style = format!("{{bar:32}} {{human_pos}} of {{human_len}} futures{what}{{msg}}");
    if let Ok(style) = ProgressStyle::with_template(&style) {
        bar.set_style(style);
    }
    bar
}
