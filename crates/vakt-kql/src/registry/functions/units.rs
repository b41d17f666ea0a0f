//! Units of measure.

use super::super::function::Family::Units as F;
use super::super::function::Function;
use super::super::kit::{pure, t, to};
use crate::types::ScalarType::{Real, String};

#[rustfmt::skip]
const ANGLES: &[&str] = &[
    "Arcminute", "Arcsecond", "Centiradian", "Deciradian", "Degree", "Gradian", "Microdegree",
    "Microradian", "Millidegree", "Milliradian", "Nanodegree", "Nanoradian", "NatoMil", "Radian",
    "Revolution", "Tilt",
];

#[rustfmt::skip]
const ENERGIES: &[&str] = &[
    "BritishThermalUnit", "Calorie", "DecathermEc", "DecathermImperial", "DecathermUs",
    "ElectronVolt", "Erg", "FootPound", "GigabritishThermalUnit", "GigaelectronVolt", "Gigajoule",
    "GigawattDay", "GigawattHour", "HorsepowerHour", "Joule", "KilobritishThermalUnit",
    "Kilocalorie", "KiloelectronVolt", "Kilojoule", "KilowattDay", "KilowattHour",
    "MegabritishThermalUnit", "Megacalorie", "MegaelectronVolt", "Megajoule", "MegawattDay",
    "MegawattHour", "Millijoule", "TeraelectronVolt", "TerawattDay", "TerawattHour", "ThermEc",
    "ThermImperial", "ThermUs", "WattDay", "WattHour",
];

#[rustfmt::skip]
const FORCES: &[&str] = &[
    "Decanewton", "Dyn", "KilogramForce", "Kilonewton", "KiloPond", "KilopoundForce", "Meganewton",
    "Micronewton", "Millinewton", "Newton", "OunceForce", "Poundal", "PoundForce", "ShortTonForce",
    "TonneForce",
];

#[rustfmt::skip]
const LENGTHS: &[&str] = &[
    "Angstrom", "AstronomicalUnit", "Centimeter", "Chain", "DataMile", "Decameter", "Decimeter",
    "DtpPica", "DtpPoint", "Fathom", "Foot", "Hand", "Hectometer", "Inch", "KilolightYear",
    "Kilometer", "Kiloparsec", "LightYear", "MegalightYear", "Megaparsec", "Meter", "Microinch",
    "Micrometer", "Mil", "Mile", "Millimeter", "Nanometer", "NauticalMile", "Parsec",
    "PrinterPica", "PrinterPoint", "Shackle", "SolarRadius", "Twip", "UsSurveyFoot", "Yard",
];

#[rustfmt::skip]
const MASSES: &[&str] = &[
    "Centigram", "Decagram", "Decigram", "EarthMass", "Grain", "Gram", "Hectogram", "Kilogram",
    "Kilopound", "Kilotonne", "LongHundredweight", "LongTon", "Megapound", "Megatonne",
    "Microgram", "Milligram", "Nanogram", "Ounce", "Pound", "ShortHundredweight", "ShortTon",
    "Slug", "SolarMass", "Stone", "Tonne",
];

#[rustfmt::skip]
const SPEEDS: &[&str] = &[
    "CentimeterPerHour", "CentimeterPerMinute", "CentimeterPerSecond", "DecimeterPerMinute",
    "DecimeterPerSecond", "FootPerHour", "FootPerMinute", "FootPerSecond", "InchPerHour",
    "InchPerMinute", "InchPerSecond", "KilometerPerHour", "KilometerPerMinute",
    "KilometerPerSecond", "Knot", "MeterPerHour", "MeterPerMinute", "MeterPerSecond",
    "MicrometerPerMinute", "MicrometerPerSecond", "MilePerHour", "MillimeterPerHour",
    "MillimeterPerMinute", "MillimeterPerSecond", "NanometerPerMinute", "NanometerPerSecond",
    "UsSurveyFootPerHour", "UsSurveyFootPerMinute", "UsSurveyFootPerSecond", "YardPerHour",
    "YardPerMinute", "YardPerSecond",
];

#[rustfmt::skip]
const TEMPERATURES: &[&str] = &[
    "DegreeCelsius", "DegreeDelisle", "DegreeFahrenheit", "DegreeNewton", "DegreeRankine",
    "DegreeReaumur", "DegreeRoemer", "Kelvin", "MillidegreeCelsius", "SolarTemperature",
];

#[rustfmt::skip]
const VOLUMES: &[&str] = &[
    "AcreFoot", "AuTablespoon", "BoardFoot", "Centiliter", "CubicCentimeter", "CubicDecimeter",
    "CubicFoot", "CubicHectometer", "CubicInch", "CubicKilometer", "CubicMeter", "CubicMicrometer",
    "CubicMile", "CubicMillimeter", "CubicYard", "Decaliter", "DecausGallon", "Deciliter",
    "DeciusGallon", "HectocubicFoot", "HectocubicMeter", "Hectoliter", "HectousGallon",
    "ImperialBeerBarrel", "ImperialGallon", "ImperialOunce", "ImperialPint", "KilocubicFoot",
    "KilocubicMeter", "KiloimperialGallon", "Kiloliter", "KilousGallon", "Liter", "MegacubicFoot",
    "MegaimperialGallon", "Megaliter", "MegausGallon", "MetricCup", "MetricTeaspoon", "Microliter",
    "Milliliter", "OilBarrel", "UkTablespoon", "UsBeerBarrel", "UsCustomaryCup", "UsGallon",
    "UsLegalCup", "UsOunce", "UsPint", "UsQuart", "UsTablespoon", "UsTeaspoon",
];

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "convert_angle", &[to(&[
        t("value", Real), t("from", String).values(ANGLES), t("to", String).values(ANGLES),
    ], Real)],
        "An angle in another unit."),
    pure(F, "convert_energy", &[to(&[
        t("value", Real), t("from", String).values(ENERGIES), t("to", String).values(ENERGIES),
    ], Real)],
        "An energy in another unit."),
    pure(F, "convert_force", &[to(&[
        t("value", Real), t("from", String).values(FORCES), t("to", String).values(FORCES),
    ], Real)],
        "A force in another unit."),
    pure(F, "convert_length", &[to(&[
        t("value", Real), t("from", String).values(LENGTHS), t("to", String).values(LENGTHS),
    ], Real)],
        "A length in another unit."),
    pure(F, "convert_mass", &[to(&[
        t("value", Real), t("from", String).values(MASSES), t("to", String).values(MASSES),
    ], Real)],
        "A mass in another unit."),
    pure(F, "convert_speed", &[to(&[
        t("value", Real), t("from", String).values(SPEEDS), t("to", String).values(SPEEDS),
    ], Real)],
        "A speed in another unit."),
    pure(F, "convert_temperature", &[to(&[
        t("value", Real), t("from", String).values(TEMPERATURES),
        t("to", String).values(TEMPERATURES),
    ], Real)],
        "A temperature in another unit."),
    pure(F, "convert_volume", &[to(&[
        t("value", Real), t("from", String).values(VOLUMES), t("to", String).values(VOLUMES),
    ], Real)],
        "A volume in another unit."),
];
