//! Laws of the 2×2 table.

use duizhao::stats::contingency::Table;
use proptest::prelude::*;

fn count() -> impl Strategy<Value = u64> {
    prop_oneof![0..5_u64, 0..10_000_u64, 0..(1_u64 << 61)]
}

proptest! {
    #[test]
    fn constructors_agree(a in count(), b in count(), c in count(), d in count()) {
        let table = Table::from_cells(a, b, c, d).unwrap();
        prop_assert_eq!(Table::from_sizes(a, a + b, c, c + d).unwrap(), table);
        prop_assert_eq!(Table::from_marginals(a, a + b, a + c, a + b + c + d).unwrap(), table);
        prop_assert_eq!((table.r1() + table.r2(), table.c1() + table.c2()), (table.n(), table.n()));
    }

    /// The determinant decides as whole numbers would, whatever the size.
    #[test]
    fn direction_is_exact(a in count(), b in count(), c in count(), d in count()) {
        let table = Table::from_cells(a, b, c, d).unwrap();
        let exact = (u128::from(a) * u128::from(d)).cmp(&(u128::from(b) * u128::from(c)));
        prop_assert_eq!(table.direction(), exact);
        let swapped = Table::from_cells(c, d, a, b).unwrap();
        prop_assert_eq!(swapped.direction(), exact.reverse());
        prop_assert!((table.determinant() + swapped.determinant()).abs() < f64::EPSILON);
    }

    /// Observed less expected is the same in all four cells but for the sign.
    #[test]
    fn excess_is_observed_less_expected(a in 0..10_000_u64, b in 0..10_000_u64, c in 0..10_000_u64, d in 0..10_000_u64) {
        let t = Table::from_cells(a, b, c, d).unwrap();
        let near = |x: f64, y: f64| (x - y).abs() < 1e-8;
        prop_assert!(near(t.excess(), a as f64 - t.e11()) && near(t.excess(), d as f64 - t.e22()));
        prop_assert!(near(t.excess(), t.e12() - b as f64) && near(t.excess(), t.e21() - c as f64));
    }

    /// A table from sums exists exactly where all four cells are counts.
    #[test]
    fn marginals_are_checked(joint in 0..8_u64, node in 0..8_u64, collocate in 0..8_u64, n in 0..16_u64) {
        let possible = joint <= node && joint <= collocate && node + collocate - joint <= n;
        prop_assert_eq!(Table::from_marginals(joint, node, collocate, n).is_ok(), possible);
    }
}
