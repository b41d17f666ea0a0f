//! What KQL knows by name: functions, aggregates, plugins and operators, in one place.
//!
//! The binder reads overloads and naming rules from here, the reference page and completion are
//! made from it, and "did you mean" looks here too.

mod aggregates;
mod construct;
mod describe;
mod function;
mod functions;
mod kit;
mod nearest;
mod operator;
mod plugins;
mod signature;

use std::sync::OnceLock;

use crate::named::Named;

pub use construct::{
    CHARTS, CONSTRUCTS, Construct, ConstructKind, HIDDEN_CHARTS, JOIN_KINDS, NamedOption,
    OptionValue, construct,
};
pub use function::{Family, Function, FunctionKind, NullRule, ResultName, Volatility};
pub(crate) use nearest::Prepared;
pub use nearest::nearest;
pub(crate) use operator::OPERATOR_KINDS_COUNT;
pub use operator::{OPERATORS, Operator, OperatorKind};
pub use signature::{
    ArgumentKind, Computed, Declared, Entity, Field, Layout, Overload, Parameter, ParameterType,
    Place, REPEATS_COUNT_MAX, Returns, Schema, SchemaPart,
};

type ByName = Named<&'static str, &'static Function>;

/// All rows of one kind, in the order of the reference: by family, then as the tables have them.
pub fn functions(kind: FunctionKind) -> impl Iterator<Item = &'static Function> {
    let tables: &'static [&'static [Function]] = match kind {
        FunctionKind::Scalar => functions::TABLES,
        FunctionKind::Aggregate => aggregates::TABLES,
        FunctionKind::Plugin => plugins::TABLES,
    };
    tables.iter().copied().flatten()
}

/// The row of this name, spelt exactly.
pub fn find(kind: FunctionKind, name: &str) -> Option<&'static Function> {
    static SCALARS: OnceLock<ByName> = OnceLock::new();
    static AGGREGATES: OnceLock<ByName> = OnceLock::new();
    static PLUGINS: OnceLock<ByName> = OnceLock::new();
    let map = match kind {
        FunctionKind::Scalar => &SCALARS,
        FunctionKind::Aggregate => &AGGREGATES,
        FunctionKind::Plugin => &PLUGINS,
    };
    map.get_or_init(|| functions(kind).map(|row| (row.name, row)).collect()).get(name).copied()
}

/// The scalar function of this name.
pub fn scalar(name: &str) -> Option<&'static Function> {
    find(FunctionKind::Scalar, name)
}

/// The aggregate of this name.
pub fn aggregate(name: &str) -> Option<&'static Function> {
    find(FunctionKind::Aggregate, name)
}

/// The plugin of this name.
pub fn plugin(name: &str) -> Option<&'static Function> {
    find(FunctionKind::Plugin, name)
}

/// The name that was meant, of those that are offered: `tolower` for `ToLower`.
pub fn closest(kind: FunctionKind, name: &str) -> Option<&'static str> {
    nearest(name, functions(kind).filter(|row| !row.hidden).map(|row| row.name))
}

/// The binary operator written so, in any of its spellings; `-` is the difference, not the sign.
pub fn operator_by_text(text: &str) -> Option<&'static Operator> {
    static BY_TEXT: OnceLock<Named<&'static str, &'static Operator>> = OnceLock::new();
    let by_text = BY_TEXT.get_or_init(|| {
        let binary =
            |row: &&Operator| !matches!(row.kind, OperatorKind::Negate | OperatorKind::Plus);
        let rows = OPERATORS.iter().filter(binary);
        rows.flat_map(|row| row.spellings.iter().chain([&row.text]).map(move |text| (*text, row)))
            .collect()
    });
    by_text.get(text).copied()
}

#[cfg(test)]
mod tests {
    use super::{FunctionKind, find, functions};

    #[test]
    fn every_row_is_found_by_its_name_and_says_what_it_is() {
        for (kind, count) in
            [(FunctionKind::Scalar, 429), (FunctionKind::Aggregate, 61), (FunctionKind::Plugin, 49)]
        {
            assert_eq!(functions(kind).count(), count, "of {}", kind.noun());
            for row in functions(kind) {
                let name = row.name;
                assert_eq!(find(kind, name), Some(row), "for {name}");
                assert!(!row.overloads.is_empty(), "for {name}");
                let summary = row.summary.ends_with('.') && !row.summary.contains(". ");
                assert!(summary, "one sentence for {name}: {}", row.summary);
                let alternative = row.alternative.is_none_or(|other| find(kind, other).is_some());
                assert!(alternative, "the alternative of {name}");
            }
        }
    }

    #[test]
    fn a_slip_finds_what_is_offered() {
        for (kind, slip, expected) in [
            (FunctionKind::Scalar, "ToLower", Some("tolower")),
            (FunctionKind::Scalar, "isnotempy", Some("isnotempty")),
            (FunctionKind::Scalar, "base64decode_tostring", Some("base64_decode_tostring")),
            (FunctionKind::Aggregate, "makeset", Some("make_set")),
            (FunctionKind::Aggregate, "countiff", Some("countif")),
            (FunctionKind::Plugin, "bagunpack", Some("bag_unpack")),
            (FunctionKind::Scalar, "no_such_thing_at_all", None),
        ] {
            assert_eq!(super::closest(kind, slip), expected, "for {slip}");
        }
    }
}
