//! What the road must give.

use super::*;

fn near(value: Option<f64>, wanted: f64, by: f64) -> bool {
    value.is_some_and(|value| (value - wanted).abs() < by)
}

#[test]
fn golden_e_growth_per_week() {
    for (ceiling, rate, doubling, week) in [
        (None, 0.02214, 31.3, 125.2),
        (Some(0.20), 0.02831, 24.5, 153.0),
        (Some(0.25), 0.02666, 26.0, 140.8),
        (Some(0.35), 0.02510, 27.6, 133.7),
        (Some(0.50), 0.02409, 28.8, 130.3),
    ] {
        let road = match ceiling {
            None => Road::exponential(0.01, 0.10, 104.0),
            Some(ceiling) => Road::logistic(0.01, 0.10, 104.0, ceiling),
        }
        .expect("a road");
        assert!((road.rate() - rate).abs() < 5.1e-6, "{ceiling:?}: {}", road.rate());
        assert!(near(road.doubling(), doubling, 0.051) && near(road.week_of(0.16), week, 0.051));
        assert!((road.at(0.0) - 0.01).abs() < 1e-12 && (road.at(104.0) - 0.10).abs() < 1e-12);
        assert!((road.at(road.week_of(0.16).expect("reached")) - 0.16).abs() < 1e-12);
    }
}

#[test]
fn a_road_may_fall_and_a_ceiling_is_never_reached() {
    let falling = Road::exponential(0.10, 0.05, 10.0).expect("a road");
    assert_eq!((falling.doubling(), falling.week_of(0.2)), (None, None));
    assert!(near(falling.week_of(0.05), 10.0, 1e-9));
    let flat = Road::exponential(0.10, 0.10, 10.0).expect("a road");
    assert_eq!((flat.doubling(), flat.week_of(0.2)), (None, None));
    let low = Road::logistic(0.01, 0.10, 104.0, 0.15).expect("a road");
    assert_eq!((low.week_of(0.15), low.week_of(0.16)), (None, None));
    assert_eq!(Road::exponential(0.0, 0.1, 104.0), None);
    assert_eq!(Road::exponential(0.01, 0.1, 0.0), None);
    assert_eq!(Road::logistic(0.01, 0.2, 104.0, 0.2), None);
}

#[test]
fn the_corridor_keeps_its_lower_edge_below() {
    let low = Road::exponential(0.01, 0.10, 104.0).expect("a road");
    let high = Road::logistic(0.01, 0.10, 104.0, 0.35).expect("a road");
    let edges = corridor(&low, &high, 130);
    assert_eq!(edges.len(), 131);
    assert!(edges.iter().all(|(low, high)| low <= high));
    assert!((edges[52].0 - low.at(52.0)).abs() < 1e-15 && (edges[130].1 - low.at(130.0)).abs() < 1e-15);
}

#[test]
fn golden_i_three_rates() {
    for (activation, churn, win_back, ten, sixteen, after_two_years, after_ten, closed) in [
        (0.004, 0.08, 0.010, None, None, 0.0620, 0.0829, 0.0846),
        (0.008, 0.08, 0.010, Some(163), None, 0.0971, 0.1034, 0.1035),
        (0.004, 0.04, 0.010, Some(83), None, 0.1068, 0.1462, 0.1493),
        (0.004, 0.04, 0.015, Some(64), Some(230), 0.1216, 0.1865, 0.1917),
        (0.006, 0.045, 0.015, Some(32), Some(129), 0.1506, 0.1991, 0.2007),
    ] {
        let rates = Rates {
            activation,
            churn,
            win_back,
            turnover: 0.0023,
        };
        let path = path(State::launch(0.01).expect("a share"), &rates, 520);
        assert_eq!((reached(&path, 0.10), reached(&path, 0.16)), (ten, sixteen));
        assert!((path[103] - after_two_years).abs() < 5.1e-5 && (path[519] - after_ten).abs() < 5.1e-5);
        assert!(near(plateau(&rates), closed, 5.1e-5));
    }
    assert_eq!(
        plateau(&Rates {
            activation: 0.0,
            churn: 0.1,
            win_back: 0.1,
            turnover: 0.0
        }),
        None
    );
    assert_eq!(State::launch(1.5), None);
}

#[test]
fn shares_stay_shares() {
    let rates = Rates {
        activation: 0.3,
        churn: 0.5,
        win_back: 0.2,
        turnover: 0.1,
    };
    let mut state = State::launch(0.2).expect("a share");
    for _ in 0..100 {
        state = state.next(&rates);
        assert!((state.never + state.active + state.dormant - 1.0).abs() < 1e-12);
    }
}

fn counted(times: u64) -> Observed {
    let tally = |events, exposure| Tally {
        events: events * times,
        exposure: exposure * times,
    };
    Observed {
        activation: tally(80, 20_000),
        churn: tally(80, 1_000),
        win_back: tally(20, 2_000),
    }
}

#[test]
fn the_fan_holds_the_path_and_narrows_with_more_counts() {
    let start = State::launch(0.01).expect("a share");
    let bands = fan(start, &counted(1), 0.0023, 104, DRAWS, SEED).expect("counts");
    assert_eq!(bands.len(), 104);
    assert!(
        bands
            .iter()
            .all(|band| band.low <= band.middle && band.middle <= band.high)
    );
    let last = bands[103];
    assert!((last.middle - 0.062).abs() < 0.004, "{last:?}");
    let sure = fan(start, &counted(100), 0.0023, 104, DRAWS, SEED).expect("counts")[103];
    assert!((sure.high - sure.low) * 5.0 < last.high - last.low);
    assert_eq!(fan(start, &counted(1), 0.0023, 104, DRAWS, SEED), Some(bands));
}

#[test]
fn without_counts_there_is_no_forecast() {
    let start = State::launch(0.01).expect("a share");
    assert_eq!(fan(start, &counted(0), 0.0023, 104, DRAWS, SEED), None);
    assert_eq!(fan(start, &counted(1), 0.0023, 104, 0, SEED), None);
    assert_eq!(fan(start, &counted(1), 1.5, 104, DRAWS, SEED), None);
    let more = Observed {
        churn: Tally { events: 2, exposure: 1 },
        ..counted(1)
    };
    assert_eq!(fan(start, &more, 0.0023, 104, DRAWS, SEED), None);
}
