//! Accidents: runs that are killed, full disks, closed folders, two runs at once, other clocks and languages, and
//! files of other systems. A result is the old one or the new one, whole; or the error says what to do.
#![allow(clippy::unwrap_used)] // helpers of tests may fail them

use gtm_sim::report::stored;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

const MINIMAL: &str = include_str!("../scenarios/minimal.toml");
const GTM_SIM: &str = env!("CARGO_BIN_EXE_gtm-sim");

type Files = BTreeMap<String, Vec<u8>>;

/// A folder with `scenario.toml`.
struct Place(tempfile::TempDir);

impl Place {
    fn new(scenario: &str) -> Self {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("scenario.toml"), scenario).unwrap();
        Self(place)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A run of `scenario.toml` with these words more.
    fn run(&self, words: &str) -> Command {
        let mut command = Command::new(GTM_SIM);
        command.current_dir(self.0.path());
        command
            .args(["run", "scenario.toml"])
            .args(words.split_whitespace())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn ran(&self, words: &str) -> Files {
        let (code, said) = told(&self.run(words).output().unwrap());
        assert_eq!(code, Some(0), "{said}");
        self.files("out")
    }

    fn files(&self, folder: &str) -> Files {
        let mut found = Files::new();
        collect(&self.path(folder), Path::new(""), &mut found);
        found
    }
}

fn collect(root: &Path, below: &Path, found: &mut Files) {
    for entry in fs::read_dir(root.join(below)).unwrap() {
        let entry = entry.unwrap();
        let path = below.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            collect(root, &path, found);
        } else {
            found.insert(path.display().to_string(), fs::read(entry.path()).unwrap());
        }
    }
}

fn told(output: &Output) -> (Option<i32>, String) {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    (output.status.code(), said)
}

/// Numbers from 0 to 1 that look random and are always the same.
fn dice(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as f64 / (1u64 << 31) as f64
    }
}

#[test]
fn a_run_that_is_killed_leaves_the_old_result_or_the_new_one() {
    const KILLS: u32 = 50;
    let place = Place::new(MINIMAL);
    let words = ["1", "2"].map(|seed| format!("--no-charts --reps 120 --out out --seed {seed}"));
    let note = b"to be kept".to_vec();
    let whole = |words: &str| {
        let mut files = place.ran(words);
        files.insert("note.txt".to_owned(), note.clone());
        files
    };
    let begun = Instant::now();
    let results = words.each_ref().map(|words| whole(words));
    let lasts = begun.elapsed() / 2;
    assert_ne!(results[0], results[1]);
    fs::write(place.path("out/note.txt"), &note).unwrap();
    let mut shown = 1;
    let mut killed = 0;
    let mut dice = dice(20_270_104);
    for kill in 0..KILLS {
        // One moment in every fiftieth of a run and of some time after it.
        let share = (f64::from(kill) + dice()) / f64::from(KILLS);
        let mut child = place.run(&words[1 - shown]).spawn().unwrap();
        std::thread::sleep(lasts.mul_f64(1.2 * share));
        child.kill().unwrap();
        killed += u32::from(child.wait().unwrap().code().is_none());
        stored::read(&place.path("out")).unwrap();
        let mut now = place.files("out");
        // The planner's file may still lie in the old folder; the next run brings it.
        now.insert("note.txt".to_owned(), note.clone());
        if now == results[1 - shown] {
            shown = 1 - shown;
        }
        assert!(now == results[shown], "a mixed result after {share:.2} of a run");
    }
    assert!(killed >= KILLS / 10, "only {killed} were killed");
    let last = place.ran(&words[0]);
    assert!(
        last == results[0],
        "the planner's file is lost, or files are left"
    );
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 2);
}

/// The instant that a kill seldom meets: old and new are exchanged, the planner's file is still with the old.
#[test]
fn what_a_killed_run_did_not_carry_over_the_next_one_does() {
    let place = Place::new(MINIMAL);
    let words = "--no-charts --reps 30 --out out";
    place.ran(words);
    fs::create_dir(place.path("out/notes")).unwrap();
    fs::write(place.path("out/notes/mine.txt"), "mine").unwrap();
    fs::rename(place.path("out"), place.path("old")).unwrap();
    place.ran(words);
    fs::rename(place.path("old"), place.path(".out.gtm-sim-new")).unwrap();
    let files = place.ran(words);
    assert_eq!(files.get("notes/mine.txt").map(Vec::as_slice), Some(&b"mine"[..]));
    assert!(!place.path(".out.gtm-sim-new").exists());
}

#[test]
fn two_runs_into_one_folder_end_with_one_whole_result() {
    let place = Place::new(MINIMAL);
    let words = ["1", "2"].map(|seed| format!("--no-charts --reps 200 --out out --seed {seed}"));
    let results = words.each_ref().map(|words| place.ran(words));
    let mut refused = 0;
    for _ in 0..5 {
        let runs = words.each_ref().map(|words| place.run(words).spawn().unwrap());
        let ended = runs.map(|run| told(&run.wait_with_output().unwrap()));
        let done = ended.each_ref().map(|(code, _)| *code == Some(0));
        for (code, said) in &ended {
            if *code != Some(0) {
                assert!(said.contains("another run is writing to"), "{said}");
                refused += 1;
            }
        }
        assert!(done.contains(&true), "{ended:?}");
        stored::read(&place.path("out")).unwrap();
        let now = place.files("out");
        let is_of_a_run = (0..2).any(|run| done[run] && now == results[run]);
        assert!(is_of_a_run, "{ended:?}");
    }
    assert!(refused > 0, "the runs never met");
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 2);
}

#[test]
fn a_full_disk_is_told_and_the_old_result_stays() {
    let place = Place::new(MINIMAL);
    let small = place.ran("--no-charts --reps 30 --out out");
    let size: usize = small.values().map(Vec::len).sum();
    fs::create_dir(place.path("disk")).unwrap();
    // A disk of its own that holds the first result and half of another; root of a namespace may mount it.
    let script = format!(
        "mount -t tmpfs -o size={} none disk || exit 77
        {GTM_SIM} run scenario.toml --no-charts --reps 30 --out disk/out || exit 78
        {GTM_SIM} run scenario.toml --no-charts --reps 600 --out disk/out; code=$?
        cp -r disk/out kept; ls -A disk > left; exit $code",
        size * 3 / 2 + (64 << 10)
    );
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .current_dir(place.path(""))
        .output();
    let Some(output) = output.ok().filter(|output| output.status.code() != Some(77)) else {
        eprintln!("not tried: this system lets nobody mount a small disk");
        return;
    };
    let (code, said) = told(&output);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("no space is left on the disk"), "{said}");
    assert!(place.files("kept") == small, "the old result is not whole");
    assert_eq!(fs::read_to_string(place.path("left")).unwrap(), "out\n");
}

#[test]
fn text_that_cannot_be_printed_is_told_and_the_result_is_whole() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        eprintln!("not tried: this system has no /dev/full");
        return;
    };
    let place = Place::new(MINIMAL);
    let words = "--no-charts --reps 30 --out out --format json";
    let output = place.run(words).stdout(full).output().unwrap();
    let (code, said) = told(&output);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.starts_with("error: ") && said.ends_with("No space left on device\n"),
        "{said}"
    );
    stored::read(&place.path("out")).unwrap();
}

#[test]
fn a_folder_that_may_not_be_written_keeps_its_result() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new(MINIMAL);
    fs::create_dir(place.path("closed")).unwrap();
    let words = "--no-charts --reps 30 --out closed/out";
    assert_eq!(place.run(words).status().unwrap().code(), Some(0));
    let before = place.files("closed");
    let close = |mode: u32| {
        for folder in ["closed/out", "closed"] {
            fs::set_permissions(place.path(folder), fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    close(0o555);
    if fs::write(place.path("closed/probe"), "").is_ok() {
        eprintln!("not tried: root may write anywhere");
        close(0o755);
        return;
    }
    let (code, said) = told(
        &place
            .run("--no-charts --reps 40 --out closed/out")
            .output()
            .unwrap(),
    );
    close(0o755);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("may not be written; name another place"), "{said}");
    assert_eq!(place.files("closed"), before);
}

#[test]
fn clock_and_language_change_no_byte() {
    let place = Place::new(MINIMAL);
    let words = "--reps 40 --out out";
    let run = |variables: &[(&str, &str)]| {
        let mut command = place.run(words);
        for name in ["TZ", "LANG", "LANGUAGE", "LC_ALL", "LC_NUMERIC", "LC_TIME"] {
            command.env_remove(name);
        }
        let output = command.envs(variables.iter().copied()).output().unwrap();
        assert_eq!(told(&output).0, Some(0), "{}", told(&output).1);
        (output.stdout, place.files("out"))
    };
    let plain = run(&[]);
    for variables in [
        &[("TZ", "Pacific/Kiritimati"), ("LANG", "C")][..],
        &[("TZ", "America/Los_Angeles"), ("LC_ALL", "tr_TR.UTF-8")],
        &[("LC_NUMERIC", "de_DE.UTF-8"), ("LC_TIME", "ar_EG.UTF-8")],
    ] {
        assert!(run(variables) == plain, "{variables:?}");
    }
}

/// A scenario as a Greek planner's Windows editor may save it.
#[test]
fn names_of_other_languages_and_files_of_other_systems_are_drawn() {
    let labels = ["Σήμερα", "Más ventas – «20 %»", "Поиск", "Vertrieb Süd"];
    let [today, more, channel, role] = labels;
    let changed = MINIMAL
        .replace(
            "[plans.today]",
            &format!("[plans.\"σήμερα\"]\nlabel = \"{today}\""),
        )
        .replace(
            "[plans.more-marketing]",
            &format!("[plans.\"más\"]\nlabel = \"{more}\""),
        )
        .replace(
            "[channels.search]",
            &format!("[channels.\"поиск\"]\nlabel = \"{channel}\""),
        )
        .replace("[roles.rep]", &format!("[roles.\"süd\"]\nlabel = \"{role}\""))
        .replace("firms = 60", "\"großkunden\" = 60")
        .replace("[segments.firms]", "[segments.\"großkunden\"]");
    let place = Place::new(&changed);
    let words = "--reps 200 --out out";
    let plain = place.ran(words);
    let windows = format!("\u{feff}{}", changed.replace('\n', "\r\n"));
    fs::write(place.path("scenario.toml"), windows).unwrap();
    let output = place.run(words).output().unwrap();
    assert_eq!(told(&output).0, Some(0), "{}", told(&output).1);
    assert!(
        place.files("out") == plain,
        "line ends or a mark changed the result"
    );
    let printed = String::from_utf8(output.stdout).unwrap();
    let titles: String = plain
        .iter()
        .filter(|(name, _)| name.ends_with(".svg"))
        .flat_map(|(_, bytes)| std::str::from_utf8(bytes).unwrap().lines())
        .filter(|line| line.starts_with("<title>") || line.starts_with("<desc>"))
        .collect();
    for plan in [today, more] {
        assert!(printed.contains(plan), "{plan} is not in the table:\n{printed}");
        assert!(
            titles.contains(plan),
            "{plan} is in no title of a chart:\n{titles}"
        );
    }
    assert!(
        titles.contains(role),
        "{role} is in no title of a chart:\n{titles}"
    );
    let results = String::from_utf8(plain["results.json"].clone()).unwrap();
    for label in labels {
        assert!(results.contains(label), "{label} is not in results.json");
    }
    for key in ["σήμερα", "más"] {
        let rows = std::str::from_utf8(&plain["weekly.csv"]).unwrap();
        assert!(rows.contains(key), "{key} is not in weekly.csv");
    }
}
