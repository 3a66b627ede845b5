//! How a channel responds to pressure: docs/model.md, 4.2 and 5.

use gtm_sim::model::scenario::{Channel, ResponseScale};

pub struct Response {
    kappa: f64,
    slope: f64,
}

impl Response {
    pub fn of(channel: &Channel) -> Self {
        let slope = channel.slope;
        let kappa = match channel.scale {
            ResponseScale::HalfSaturation(kappa) => kappa,
            ResponseScale::DoublingAdds(d) => {
                let two = libm::pow(2.0, slope);
                let d = d.min(0.99 * (two - 1.0));
                2.0 * channel.spend_today_per_week * libm::pow(d / (two - 1.0 - d), 1.0 / slope)
            }
        };
        Self { kappa, slope }
    }

    /// R at an adstock.
    pub fn at(&self, adstock: f64) -> f64 {
        if adstock <= 0.0 {
            return 0.0;
        }
        let a = libm::pow(adstock, self.slope);
        a / (a + libm::pow(self.kappa, self.slope))
    }

    /// R while an event multiplies the half-saturation.
    pub fn under(&self, response: f64, factor: f64) -> f64 {
        if response <= 0.0 {
            return 0.0;
        }
        1.0 / (1.0 + (1.0 / response - 1.0) * libm::pow(factor, self.slope))
    }
}
