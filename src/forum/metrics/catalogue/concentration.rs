//! Concentration: how few people carry half of what is contributed (the Contributor Absence Factor), and how
//! unequal the contributions are. Numbers, never names.

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, length, real};
use super::super::models::spread;
use super::super::sight::Sight;
use super::super::week::QUARTER;

pub static METRIC: Metric = Metric {
    name: "concentration",
    version: 1,
    unit: Unit::Count,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "min {k : Σ top-k ≥ ½ Σ}; G = 2 Σ i·x_i / (n Σ x) − (n + 1) / n",
    source: "CHAOSS, Contributor Absence Factor; van Mierlo et al. 2016",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let volumes: Vec<u64> = sight.volumes(QUARTER).into_values().map(i64::unsigned_abs).collect();
    let people = length(volumes.len());
    // Of three, the sum and this number give each of them away.
    sheet.only_if(people >= sheet.thresholds.people.max(FEW));
    match spread::absence_factor(&volumes).and_then(|few| i64::try_from(few).ok()) {
        Some(few) => sheet.quotient("", few, people, Some(real(few))),
        None => sheet.value("", None),
    }
    sheet.value("gini", spread::gini(&volumes));
    sheet.count("contributors", people);
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    /// Golden vector B.
    #[test]
    fn golden_b_two_carry_half() {
        let mut ground = ground(FIRST + 4, 1..=20);
        for (who, times) in (1..).zip([1000, 202, 90, 33, 332, 343, 42, 433]) {
            ground.writes(who, FIRST + 4, times);
        }
        let told = told(&super::METRIC, ground);
        assert_eq!((told[""].numerator, told[""].denominator), (Some(2), Some(8)));
        assert!((told["gini"].value.expect("a number") - 0.485_505).abs() < 1e-4);
    }
}
