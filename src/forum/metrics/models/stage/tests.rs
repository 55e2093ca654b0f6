//! What the stages must give.

use super::*;
use Stage::{Establishment, Inception, Maturity, Mitosis};

fn counts(member_posts: u64, posts: u64) -> Counts {
    Counts {
        posts,
        member_posts,
        newcomers: 1000,
        member_newcomers: 1000,
    }
}

#[test]
fn golden_h_few_counts_promote_nobody() {
    let (first, second) = (counts(31, 52), counts(93, 100));
    assert!((first.activity().expect("posts") - 0.596).abs() < 5e-4);
    assert!((first.surely().expect("posts") - 0.4822).abs() < 5e-5);
    assert!((second.surely().expect("posts") - 0.8757).abs() < 5e-5);
    let told = [first, second, counts(930, 1000)].map(|counts| shown(&counts, &Signs::default()));
    assert_eq!(told, [Some(Inception), Some(Establishment), Some(Maturity)]);
    // The weaker of the two shares decides, and without newcomers there is no stage.
    assert_eq!(
        shown(
            &Counts {
                member_newcomers: 400,
                ..counts(930, 1000)
            },
            &Signs::default()
        ),
        Some(Inception)
    );
    assert_eq!(
        shown(
            &Counts {
                newcomers: 0,
                member_newcomers: 0,
                ..counts(9, 10)
            },
            &Signs::default()
        ),
        None
    );
}

#[test]
fn a_thin_month_is_judged_by_its_quarter() {
    let quarter = counts(90, 200);
    assert_eq!(Counts::window(counts(40, 49), quarter), quarter);
    assert_eq!(
        Counts::window(
            Counts {
                newcomers: 9,
                ..counts(40, 50)
            },
            quarter
        ),
        quarter
    );
    assert_eq!(Counts::window(counts(40, 50), quarter), counts(40, 50));
}

#[test]
fn two_signs_divide_a_mature_community() {
    let one = Signs {
        largest_space: &[51; 8],
        carried_by: &[0.4, 0.3, 0.3, 0.2],
        ..Signs::default()
    };
    assert_eq!((one.count(), shown(&counts(930, 1000), &one)), (1, Some(Maturity)));
    let two = Signs {
        carried_by: &[0.4, 0.35, 0.3, 0.2],
        ..one
    };
    assert_eq!((two.count(), shown(&counts(930, 1000), &two)), (2, Some(Mitosis)));
    assert_eq!(shown(&counts(31, 52), &two), Some(Inception));
    let all = Signs {
        overlap: jaccard(&[1, 2, 3], &[3, 4, 5, 6]),
        sense: Some((4.0, 3.7)),
        ..two
    };
    assert_eq!(all.count(), 4);
    assert_eq!(jaccard(&[], &[]), None);
}

#[test]
fn a_stage_must_show_twice() {
    let row = [
        Establishment,
        Inception,
        Establishment,
        Establishment,
        Maturity,
        Establishment,
    ]
    .map(Some);
    assert_eq!(
        held(&row),
        [
            Inception,
            Inception,
            Inception,
            Establishment,
            Establishment,
            Establishment
        ]
    );
    assert_eq!(
        held(&[Some(Maturity), None, Some(Maturity), Some(Maturity)]),
        [Inception, Inception, Inception, Maturity]
    );
    assert!(held(&[]).is_empty());
}

#[test]
fn flags_need_a_history() {
    let (rising, flat): (Vec<u64>, Vec<u64>) = ((0..26).collect(), (0..26).map(|week| 20 + week % 2).collect());
    let line = slope(&rising).expect("26 weeks");
    assert!((line.slope - 1.0).abs() < 1e-12 && line.margin < 1e-6);
    assert!(flags(Inception, &flat, &[], 9).stalled && !flags(Inception, &rising, &[], 9).stalled);
    assert!(!flags(Maturity, &flat, &[], 9).stalled && !flags(Inception, &flat[1..], &[], 9).stalled);
    assert!(flags(Inception, &[7; 26], &[], 9).stalled);
    let ratios = [Some(2.0), Some(0.9), Some(0.5), Some(0.99)];
    assert!(flags(Maturity, &[], &ratios, 4).declining && flags(Maturity, &[], &ratios, 4).dormant);
    let one_open = [Some(0.9), None, Some(0.5)];
    let calm = Flags {
        stalled: false,
        declining: false,
        dormant: false,
    };
    assert_eq!(flags(Maturity, &[], &one_open, 5), calm);
}
