//! Wordfish: Slapin, J. B. & Proksch, S.-O. (2008). A scaling model for estimating time-series party positions from texts. *AJPS* 52(3), 705–722.
//!
//! Counts are Poisson with mean exp(α + ψ + β·θ). Each feature's ψ, β and each document's α, θ are fitted in turn by Newton steps; then α is brought to
//! mean 0 and θ to mean 0 and standard deviation 1 (n − 1). β has a normal prior with mean 0 (a word of one extreme text alone would have
//! an infinite one), θ too where wanted. The fixed point is approached with the squared extrapolation of Varadhan & Roland (2008),
//! *Scandinavian Journal of Statistics* 35(2).

use ndarray::{Array2, Axis};
use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::sparse::SparseRows;

/// How the model is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordfishOptions {
    /// The document that gets the lower θ, and the one that gets the higher.
    pub direction: (usize, usize),
    /// Standard deviation of the prior of β; infinite for none.
    pub prior_beta: f64,
    /// Standard deviation of the prior of θ; infinite for none.
    pub prior_theta: f64,
    /// Greatest change of any θ in a round at which the fit ends.
    pub tolerance: f64,
    /// Most rounds.
    pub max_iterations: usize,
}

/// The fitted model.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wordfish {
    /// Position of each document.
    pub theta: Vec<f64>,
    /// Its standard error, from the curvature in α and θ given the words.
    pub se: Vec<f64>,
    /// Length of each document (logarithmic, mean 0).
    pub alpha: Vec<f64>,
    /// Weight of each feature: what a step of θ multiplies its rate by (logarithmic).
    pub beta: Vec<f64>,
    /// Frequency of each feature (logarithmic).
    pub psi: Vec<f64>,
    /// Rounds taken.
    pub iterations: usize,
    /// Whether the tolerance was reached.
    pub converged: bool,
    /// Poisson log-likelihood, without the factorials and the priors.
    pub log_likelihood: f64,
}

struct Model {
    /// Documents × features.
    counts: Array2<f64>,
    prior_beta: f64,
    prior_theta: f64,
}

/// Newton steps for a Poisson regression of `y` on one covariate `x` with an offset: intercept and slope, the slope with a prior.
#[allow(clippy::needless_pass_by_value)] // an iterator that is cloned for each step
fn regress(
    cells: impl Iterator<Item = (f64, f64, f64)> + Clone,
    start: (f64, f64),
    precision: f64,
) -> (f64, f64) {
    let (mut a, mut b) = start;
    for _ in 0..50 {
        let (mut ga, mut gb, mut haa, mut hab, mut hbb) = (0.0, -b * precision, 0.0, 0.0, precision);
        for (y, x, offset) in cells.clone() {
            let mean = (offset + a + b * x).exp();
            ga += y - mean;
            gb += (y - mean) * x;
            haa += mean;
            hab += mean * x;
            hbb += mean * x * x;
        }
        let determinant = haa * hbb - hab * hab;
        if !(determinant > 0.0 && determinant.is_finite()) {
            break;
        }
        let (da, db) = (
            (hbb * ga - hab * gb) / determinant,
            (haa * gb - hab * ga) / determinant,
        );
        let most = da.abs().max(db.abs());
        // Newton overshoots far from the solution; two units on the logarithmic scale are enough for a step.
        let scale = if most > 2.0 { 2.0 / most } else { 1.0 };
        a += da * scale;
        b += db * scale;
        if most < 1e-11 * (1.0 + a.abs().max(b.abs())) {
            break;
        }
    }
    (a, b)
}

#[derive(Clone)]
struct State {
    alpha: Vec<f64>,
    theta: Vec<f64>,
    psi: Vec<f64>,
    beta: Vec<f64>,
}

impl Model {
    fn round(&self, state: &State) -> State {
        let words: Vec<(f64, f64)> = self
            .counts
            .axis_iter(Axis(1))
            .into_par_iter()
            .enumerate()
            .map(|(j, counts)| {
                let places = state.theta.iter().zip(&state.alpha);
                let cells = counts
                    .iter()
                    .zip(places)
                    .map(|(&y, (&x, &offset))| (y, x, offset));
                regress(cells, (state.psi[j], state.beta[j]), self.prior_beta.powi(-2))
            })
            .collect();
        let (psi, beta): (Vec<f64>, Vec<f64>) = words.into_iter().unzip();
        let places: Vec<(f64, f64)> = self
            .counts
            .axis_iter(Axis(0))
            .into_par_iter()
            .enumerate()
            .map(|(i, counts)| {
                let words = beta.iter().zip(&psi);
                let cells = counts.iter().zip(words).map(|(&y, (&x, &offset))| (y, x, offset));
                regress(cells, (state.alpha[i], state.theta[i]), self.prior_theta.powi(-2))
            })
            .collect();
        let (alpha, theta): (Vec<f64>, Vec<f64>) = places.into_iter().unzip();
        standardised(State {
            alpha,
            theta,
            psi,
            beta,
        })
    }

    /// Standard errors of θ, and the log-likelihood.
    fn errors(&self, state: &State) -> (Vec<f64>, f64) {
        let mut log_likelihood = 0.0;
        let mut se = Vec::with_capacity(state.theta.len());
        for i in 0..state.theta.len() {
            let (mut haa, mut hab, mut hbb) = (0.0, 0.0, self.prior_theta.powi(-2));
            for j in 0..state.psi.len() {
                let log = state.alpha[i] + state.psi[j] + state.beta[j] * state.theta[i];
                let mean = log.exp();
                log_likelihood += self.counts[[i, j]] * log - mean;
                haa += mean;
                hab += mean * state.beta[j];
                hbb += mean * state.beta[j] * state.beta[j];
            }
            se.push((haa / (haa * hbb - hab * hab)).sqrt());
        }
        (se, log_likelihood)
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// α to mean 0, θ to mean 0 and standard deviation 1.
fn standardised(mut state: State) -> State {
    let middle = mean(&state.alpha);
    state.alpha.iter_mut().for_each(|a| *a -= middle);
    let centre = mean(&state.theta);
    let squares: f64 = state.theta.iter().map(|t| (t - centre) * (t - centre)).sum();
    let spread = (squares / (state.theta.len() as f64 - 1.0)).sqrt();
    if spread > 0.0 {
        state.theta.iter_mut().for_each(|t| *t = (*t - centre) / spread);
    }
    state
}

fn change(a: &State, b: &State) -> f64 {
    a.theta
        .iter()
        .zip(&b.theta)
        .map(|(x, y)| (x - y).abs())
        .fold(0.0, f64::max)
}

/// Along the last two moves of α and θ.
fn extrapolated(state: &State, one: &State, two: &State) -> State {
    let moves = |of: fn(&State) -> &Vec<f64>| -> Vec<(f64, f64, f64)> {
        (of(state).iter())
            .zip(of(one))
            .zip(of(two))
            .map(|((&x, &y), &z)| (x, y - x, z - 2.0 * y + x))
            .collect()
    };
    let (a, t) = (moves(|s| &s.alpha), moves(|s| &s.theta));
    let squares =
        |pick: fn(&(f64, f64, f64)) -> f64| a.iter().chain(&t).map(|m| pick(m).powi(2)).sum::<f64>();
    let length = (squares(|m| m.1) / squares(|m| m.2).max(f64::MIN_POSITIVE))
        .sqrt()
        .clamp(1.0, 200.0);
    let jump = |m: &[(f64, f64, f64)]| -> Vec<f64> {
        m.iter()
            .map(|&(x, r, v)| x + 2.0 * length * r + length * length * v)
            .collect()
    };
    standardised(State {
        alpha: jump(&a),
        theta: jump(&t),
        ..two.clone()
    })
}

/// # Errors
/// As [`wordfish`].
fn check(n_documents: usize, options: &WordfishOptions) -> Result<()> {
    let (low, high) = options.direction;
    if low >= n_documents || high >= n_documents || low == high {
        return Err(Error::parameter(
            "direction",
            "two different documents",
            format!("{low}, {high}"),
        ));
    }
    for (name, value) in [
        ("prior_beta", options.prior_beta),
        ("prior_theta", options.prior_theta),
        ("tolerance", options.tolerance),
    ] {
        if value.is_nan() || value <= 0.0 {
            return Err(Error::parameter(name, "above 0", value));
        }
    }
    if n_documents < 3 {
        return Err(Error::data("dfm", "at least three documents", n_documents));
    }
    Ok(())
}

/// Documents × features, zeros included: the fit looks at every cell in every round.
fn dense(rows: &SparseRows) -> Array2<f64> {
    let mut counts = Array2::zeros((rows.n_rows(), rows.n_columns()));
    for (row, mut line) in counts.outer_iter_mut().enumerate() {
        let (columns, values) = rows.row(row);
        for (&column, &value) in columns.iter().zip(values) {
            line[column as usize] = value;
        }
    }
    counts
}

/// Where the fit starts: the first direction of the standardised residuals, by power iteration from the difference of the two texts
/// named. `None` where all documents have the same shares.
fn first_direction(
    counts: &Array2<f64>,
    sums: &[f64],
    columns: &[f64],
    (low, high): (usize, usize),
) -> Option<Vec<f64>> {
    let all: f64 = sums.iter().sum();
    let residual = Array2::from_shape_fn(counts.raw_dim(), |(i, j)| {
        let expected = sums[i] * columns[j] / all;
        (counts[[i, j]] - expected) / expected.sqrt()
    });
    let mut theta = vec![0.0; sums.len()];
    (theta[low], theta[high]) = (-1.0, 1.0);
    // Products summed in order: those of `ndarray` run in eight lanes.
    for _ in 0..200 {
        let right: Vec<f64> = residual
            .axis_iter(Axis(1))
            .into_par_iter()
            .map(|column| column.iter().zip(&theta).map(|(a, b)| a * b).sum())
            .collect();
        let next: Vec<f64> = residual
            .axis_iter(Axis(0))
            .into_par_iter()
            .map(|line| line.iter().zip(&right).map(|(a, b)| a * b).sum())
            .collect();
        let norm = next.iter().map(|t: &f64| t * t).sum::<f64>().sqrt();
        if norm <= 0.0 {
            return None;
        }
        theta = next.into_iter().map(|t| t / norm).collect();
    }
    Some(theta)
}

/// Fits the model. Every document and every feature must occur. One step of the watch a round.
///
/// # Errors
/// [`Error::Data`] for fewer than three documents, empty documents, or features that do not occur; [`Error::Parameter`] for options out of
/// range; [`Error::Interrupted`].
pub fn wordfish(rows: &SparseRows, options: WordfishOptions, watch: &Watch) -> Result<Wordfish> {
    let (n, m) = (rows.n_rows(), rows.n_columns());
    let (low, high) = options.direction;
    check(n, &options)?;
    let counts = dense(rows);
    let sums: Vec<f64> = counts.outer_iter().map(|line| line.iter().sum()).collect();
    let columns: Vec<f64> = counts
        .axis_iter(Axis(1))
        .map(|column| column.iter().sum())
        .collect();
    if sums.iter().chain(&columns).any(|&s| s <= 0.0) {
        return Err(Error::data(
            "dfm",
            "without empty documents and without features that do not occur",
            "some",
        ));
    }
    let all: f64 = sums.iter().sum();
    let alpha: Vec<f64> = sums.iter().map(|s| (s / all * n as f64).ln()).collect();
    let psi: Vec<f64> = columns.iter().map(|s| (s / n as f64).ln()).collect();
    let theta = first_direction(&counts, &sums, &columns, options.direction)
        .ok_or_else(|| Error::data("dfm", "documents that differ", "the same shares everywhere"))?;
    let model = Model {
        counts,
        prior_beta: options.prior_beta,
        prior_theta: options.prior_theta,
    };
    let mut state = standardised(State {
        alpha,
        theta,
        psi,
        beta: vec![0.0; m],
    });
    let (mut iterations, mut converged) = (0, false);
    while iterations < options.max_iterations {
        watch.step(1)?;
        let one = model.round(&state);
        let two = model.round(&one);
        iterations += 2;
        if change(&one, &two) < options.tolerance {
            (state, converged) = (two, true);
            break;
        }
        // Kept only if it brings the next move down.
        let far = extrapolated(&state, &one, &two);
        let next = model.round(&far);
        iterations += 1;
        let sound = next
            .theta
            .iter()
            .chain(&next.alpha)
            .chain(&next.beta)
            .all(|v| v.is_finite());
        state = if sound && change(&far, &next) < change(&state, &one) * 2.0 {
            next
        } else {
            two
        };
    }
    if state.theta[low] > state.theta[high] {
        state.theta.iter_mut().for_each(|t| *t = -*t);
        state.beta.iter_mut().for_each(|b| *b = -*b);
    }
    let (se, log_likelihood) = model.errors(&state);
    let State {
        alpha,
        theta,
        psi,
        beta,
    } = state;
    Ok(Wordfish {
        theta,
        se,
        alpha,
        beta,
        psi,
        iterations,
        converged,
        log_likelihood,
    })
}
