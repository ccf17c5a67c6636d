//! Named bodies (市政协党组, 眉山市委) and persons with a post (主席王某某), by suffixes, a list of posts and a list of surnames.
//!
//! These are rules, not a recogniser: a body without one of the listed cores and a person without a post are not found.

mod bodies;
mod bounds;
mod cores;
mod foreign;
mod institutions;
mod names;
mod persons;
mod places;
mod posts;

pub use bodies::Body;
pub use persons::Person;

use super::page::Page;

/// The bodies of a text, in order.
pub fn bodies(page: &Page<'_>) -> Vec<Body> {
    bodies::find(page.chars())
}

/// The persons of a text, in order, with the body right before the post.
pub fn persons(page: &Page<'_>) -> Vec<Person> {
    persons::find(page.chars(), &bodies(page))
}
