//! Concentration: how few people carry half of what is contributed (the Contributor Absence Factor), how few departments
//! (the Elephant Factor), who makes 80, 15 and 5 percent, and how unequal the contributions are. Numbers, never names.

use std::collections::BTreeMap;

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, length, real};
use super::super::models::spread;
use super::super::sight::Sight;
use super::super::week::QUARTER;

pub static METRIC: Metric = Metric {
    name: "concentration",
    version: 2,
    unit: Unit::Count,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "min {k : Σ top-k ≥ ½ Σ}, of people and of departments; the same at 80 % and 95 %; G = 2 Σ i·x_i / (n Σ x) − (n + 1) / n",
    source: "CHAOSS, Contributor Absence Factor and Elephant Factor; GrimoireLab, activity onion; van Mierlo et al. 2016",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let by_person = sight.volumes(QUARTER);
    let volumes: Vec<u64> = by_person.values().copied().map(i64::unsigned_abs).collect();
    let people = length(volumes.len());
    sheet.count("contributors", people);
    // Of three, the sum and this number give each of them away.
    sheet.only_if(people >= sheet.thresholds.people.max(FEW));
    match spread::absence_factor(&volumes).and_then(|few| i64::try_from(few).ok()) {
        Some(few) => sheet.quotient("", few, people, Some(real(few))),
        None => sheet.value("", None),
    }
    sheet.value("gini", spread::gini(&volumes));
    // In the order of how much: those who make four fifths, those up to nineteen twentieths, and everybody else.
    let until = |percent| spread::fewest(&volumes, percent).and_then(|few| i64::try_from(few).ok());
    if let (Some(core), Some(both)) = (until(80), until(95)) {
        sheet.share("four-fifths", core, people);
        sheet.share("next", both - core, people);
        sheet.share("rest", people - both, people);
    }
    // Of whom no department is known is of none.
    let mut departments: BTreeMap<i64, u64> = BTreeMap::new();
    for (who, volume) in &by_person {
        if let Some(group) = sight.group(*who) {
            *departments.entry(group).or_default() += volume.unsigned_abs();
        }
    }
    let volumes: Vec<u64> = departments.into_values().collect();
    let few = spread::absence_factor(&volumes).and_then(|few| i64::try_from(few).ok());
    sheet.quotient("departments", few.unwrap_or(0), length(volumes.len()), few.map(real));
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
        // Four fifths of 2,475 are 1,980: three make 1,776, four make 2,108.
        let of = |part: &str| told[part].numerator;
        assert_eq!((of("four-fifths"), of("next"), of("rest")), (Some(4), Some(2), Some(2)));
        // By the number modulo three: 1,075, 967 and 433, of which the largest is less than half.
        assert_eq!((of("departments"), told["departments"].denominator), (Some(2), Some(3)));
    }
}
