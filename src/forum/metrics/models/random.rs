//! Chance that anyone can repeat: the `SplitMix64` generator (Steele, Lea and Flood, "Fast splittable
//! pseudorandom number generators", 2014), uniform and normal draws (Marsaglia's polar method), gamma draws
//! (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000), and beta draws as a ratio of
//! two gammas. One seed gives the same bits, whole numbers and uniform draws everywhere and for good; draws that
//! take a logarithm may differ in their last digit between platforms. Not for secrets.

/// The step of the generator's counter: 2^64 divided by the golden ratio, made odd.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// The output function of `SplitMix64`: a bijection in which every bit of the input moves every bit of the output.
pub const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// A sequence of draws, wholly determined by its seed. It repeats itself after 2^64 draws.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    /// Any seed will do, zero included; neighbouring seeds give unrelated sequences.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        mix(self.state)
    }

    /// A number strictly between 0 and 1, on a grid of 2^52 points.
    pub fn uniform(&mut self) -> f64 {
        // 52 bits as the fraction of a number in [1, 2), then half a step up: neither 0 nor 1 can come out,
        // so a logarithm of it is always finite.
        f64::from_bits(0x3FF0_0000_0000_0000 | (self.bits() >> 12)) - 1.0 + f64::EPSILON / 2.0
    }

    /// A whole number in `0..bound`, each equally likely; 0 when `bound` is 0 or 1.
    pub fn below(&mut self, bound: usize) -> usize {
        let Some(bound) = u64::try_from(bound).ok().filter(|&bound| bound > 1) else {
            return 0;
        };
        // The last, incomplete run of remainders is drawn again, or the small numbers would come too often.
        let fair = u64::MAX - u64::MAX % bound;
        loop {
            let bits = self.bits();
            if bits < fair {
                return usize::try_from(bits % bound).expect("less than a bound that was a usize");
            }
        }
    }

    /// Puts the items in an order that is equally likely as any other (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }

    /// A draw from the normal distribution with mean 0 and deviation 1.
    pub fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * square.ln() / square).sqrt();
            }
        }
    }

    /// A draw from the gamma distribution with this shape and scale 1; `None` unless the shape is finite and
    /// above 0. A shape far below 1 may give 0, which is then the nearest number there is.
    pub fn gamma(&mut self, shape: f64) -> Option<f64> {
        self.log_gamma(shape).map(f64::exp)
    }

    /// The logarithm of a gamma draw: with a tiny shape the draw itself would vanish, its logarithm does not.
    fn log_gamma(&mut self, shape: f64) -> Option<f64> {
        if !(shape.is_finite() && shape > 0.0) {
            return None;
        }
        // Below 1 the method does not hold; a draw one shape higher times U^(1/shape) has the right distribution.
        let (shape, lift) = if shape < 1.0 {
            (shape + 1.0, self.uniform().ln() / shape)
        } else {
            (shape, 0.0)
        };
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let normal = self.normal();
            let cube = (1.0 + c * normal).powi(3);
            if cube > 0.0 && self.uniform().ln() < 0.5 * normal * normal + d * (1.0 - cube + cube.ln()) {
                return Some((d * cube).ln() + lift);
            }
        }
    }

    /// A draw from the beta distribution, in 0..=1; `None` unless both shapes are finite and above 0.
    pub fn beta(&mut self, a: f64, b: f64) -> Option<f64> {
        let (first, second) = (self.log_gamma(a)?, self.log_gamma(b)?);
        Some(1.0 / (1.0 + (second - first).exp()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(draws: usize, mut draw: impl FnMut() -> f64) -> (f64, f64) {
        let values: Vec<f64> = (0..draws).map(|_| draw()).collect();
        let n = super::super::number::size(draws);
        let mean = values.iter().sum::<f64>() / n;
        (mean, values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n)
    }

    #[test]
    fn the_generator_gives_the_published_numbers() {
        let mut random = Random::new(1_234_567);
        assert_eq!(random.bits(), 6_457_827_717_110_365_317);
        assert_eq!(random.bits(), 3_203_168_211_198_807_973);
        assert_eq!(random.bits(), 9_817_491_932_198_370_423);
    }

    #[test]
    fn uniform_draws_stay_inside_and_spread_evenly() {
        let mut random = Random::new(1);
        let (mean, variance) = moments(100_000, || {
            let x = random.uniform();
            assert!(x > 0.0 && x < 1.0);
            x
        });
        assert!((mean - 0.5).abs() < 0.005 && (variance - 1.0 / 12.0).abs() < 0.002);
    }

    #[test]
    fn normal_gamma_and_beta_have_their_means_and_variances() {
        let mut random = Random::new(2);
        let (mean, variance) = moments(100_000, || random.normal());
        assert!(mean.abs() < 0.015 && (variance - 1.0).abs() < 0.02);
        for shape in [0.5, 1.0, 7.5] {
            let (mean, variance) = moments(100_000, || random.gamma(shape).expect("a draw"));
            assert!((mean / shape - 1.0).abs() < 0.02 && (variance / shape - 1.0).abs() < 0.05);
        }
        let (mean, variance) = moments(100_000, || random.beta(2.5, 7.5).expect("a draw"));
        assert!((mean - 0.25).abs() < 0.003 && (variance - 0.1875 / 11.0).abs() < 0.001);
    }

    #[test]
    fn a_shape_that_is_none_gives_no_draw_and_a_tiny_one_a_number() {
        let mut random = Random::new(3);
        assert_eq!(random.gamma(0.0), None);
        assert_eq!(random.beta(1.0, f64::NAN), None);
        assert_eq!(random.beta(-1.0, 1.0), None);
        assert!((0..1000).all(|_| (0.0..=1.0).contains(&random.beta(1e-3, 1e-3).expect("a draw"))));
    }

    #[test]
    fn every_order_of_three_is_equally_likely() {
        let mut random = Random::new(4);
        let mut seen = std::collections::BTreeMap::new();
        for _ in 0..60_000 {
            let mut items = [1, 2, 3];
            random.shuffle(&mut items);
            *seen.entry(items).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 6);
        assert!(seen.values().all(|&times: &i32| (times - 10_000).abs() < 400));
        assert_eq!((random.below(0), random.below(1)), (0, 0));
    }
}
