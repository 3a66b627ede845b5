//! Randomness: addressed uniforms, distributions by their quantile functions, counts by inversion.
//!
//! Nothing here keeps a state. A random number is a pure function of its address ([`key::uniform`]), and a draw is
//! a quantile function of that number. So the same address gives the same luck under another plan, in another
//! thread and on another machine, and every draw is monotone in its uniform and its parameters, which is what makes
//! plans comparable.
//!
//! | kind | files |
//! |---|---|
//! | where numbers come from | [`key`] |
//! | counts | [`binomial`], [`poisson`], [`hypergeometric`] |
//! | quantities | [`normal`], [`log_normal`], [`gamma`], [`beta`] |
//! | what a planner does not know exactly | [`distribution`] |
//!
//! Transcendental functions come from `libm`, so that every platform computes the same bits.

pub mod beta;
pub mod binomial;
mod cornish_fisher;
pub mod distribution;
mod distribution_error;
mod family;
pub mod gamma;
mod gamma_expansion;
mod gamma_inverse;
pub mod hypergeometric;
pub mod key;
mod ladder;
pub mod log_normal;
pub mod normal;
pub mod poisson;
mod quadrature;
mod root;
mod rows;
mod saddle_point;
mod truncated;
