//! Rows as people read them: `substring(string: scalar, start: integer, length?: integer) → string`.

use super::construct::{NamedOption, OptionValue};
use super::function::Function;
use super::operator::Operator;
use super::signature::{
    ArgumentKind, Computed, Declared, Overload, Parameter, ParameterType, Place, Returns, Schema,
    SchemaPart,
};

impl Function {
    /// The ways to call it that are offered, one text each.
    pub fn signatures(&self) -> Vec<String> {
        let offered = self.overloads.iter().filter(|overload| !overload.hidden);
        offered.map(|overload| overload.describe(self.name)).collect()
    }
}

impl Operator {
    /// The ways to write it that are offered: `datetime - datetime → timespan`.
    pub fn signatures(&self) -> Vec<String> {
        let mut all = Vec::new();
        for overload in self.overloads.iter().filter(|overload| !overload.hidden) {
            let text = self.describe(overload);
            if !all.contains(&text) {
                all.push(text);
            }
        }
        all
    }

    fn describe(&self, overload: &Overload) -> String {
        let types: Vec<String> = overload.parameters.iter().map(Parameter::side).collect();
        let written = match types.as_slice() {
            [one] => format!("{}{one}", self.text),
            [left, right] if overload.parameters.iter().any(Parameter::is_repeated) => {
                format!("{left} {} ({right}, …)", self.text)
            }
            [left, right] => format!("{left} {} {right}", self.text),
            [left, from, to] => format!("{left} {} ({from} .. {to})", self.text),
            _ => self.text.to_owned(),
        };
        format!("{written} → {}", overload.returns.describe())
    }
}

impl Overload {
    /// With the name of the function.
    pub fn describe(&self, name: &str) -> String {
        let parameters: Vec<String> = self.parameters.iter().map(Parameter::describe).collect();
        format!("{name}({}) → {}", parameters.join(", "), self.returns.describe())
    }
}

impl Parameter {
    /// `start?: integer`, `arg: scalar, …`.
    pub fn describe(&self) -> String {
        if self.kind == ArgumentKind::StarOnly {
            return "*".to_owned();
        }
        let optional = if self.is_optional() { "?" } else { "" };
        let repeated = if self.is_repeated() { ", …" } else { "" };
        format!("{}{optional}: {}{}{repeated}", self.name, self.kind.prefix(), self.ty.describe())
    }

    /// The type alone, as beside an operator.
    fn side(&self) -> String {
        if self.kind == ArgumentKind::StarOnly {
            return "*".to_owned();
        }
        self.ty.describe()
    }
}

impl ArgumentKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Expression | Self::OfElements | Self::StarOnly => "",
            Self::StarAllowed => "* or ",
            Self::Aggregate => "aggregate ",
            Self::Column | Self::ColumnOfFirst | Self::ColumnOfBoth => "column ",
            Self::Literal | Self::LiteralNotEmpty => "literal ",
            Self::Constant => "constant ",
        }
    }
}

impl ParameterType {
    /// In a few words, lower case.
    pub fn describe(self) -> String {
        let word = match self {
            Self::OneOf(types) => {
                let names: Vec<&str> = types.iter().map(|ty| ty.name()).collect();
                return names.join(" or ");
            }
            Self::Any => "anything",
            Self::Scalar | Self::CommonScalar => "scalar",
            Self::Tabular => "table",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::NumberOrBool => "number or bool",
            Self::Summable => "number, timespan or datetime",
            Self::Orderable | Self::CommonOrderable => "orderable",
            Self::StringOrDynamic => "string or dynamic",
            Self::StringOrArray => "string or array",
            Self::IntegerOrArray => "integer or array",
            Self::Array => "array",
            Self::Bag => "bag",
            Self::ArrayOrBag => "array or bag",
            Self::NotBool => "scalar but bool",
            Self::NotRealOrBool => "scalar but real and bool",
            Self::NotDynamic => "scalar but dynamic",
            Self::SameAs(_) => "the same",
            Self::CommonScalarOrDynamic => "scalar or dynamic",
        };
        word.to_owned()
    }
}

impl Declared {
    /// `long`, `array of real`, `bag`.
    pub fn describe(self) -> String {
        match self {
            Self::Scalar(ty) => ty.name().to_owned(),
            Self::Array(Self::Scalar(ty)) if *ty == crate::types::ScalarType::Dynamic => {
                "array".to_owned()
            }
            Self::Array(element) => format!("array of {}", element.describe()),
            Self::Bag(_) => "bag".to_owned(),
        }
    }
}

impl Returns {
    /// In a few words, lower case.
    pub fn describe(self) -> String {
        match self {
            Self::Declared(declared) => declared.describe(),
            Self::Argument(0) => "as the first".to_owned(),
            Self::Argument(_) => "as the second".to_owned(),
            Self::FirstPromoted => "as the first, long for int".to_owned(),
            Self::ArrayOfFirst => "array of the first".to_owned(),
            Self::TypeNamedBy(Place::First | Place::Second | Place::Last) => {
                "the type named".to_owned()
            }
            Self::Common | Self::CommonNotDynamic => "the common type".to_owned(),
            Self::Widest => "the widest type".to_owned(),
            Self::Entity(entity) => format!("{entity:?}").to_lowercase(),
            Self::Computed(computed) => computed.describe(),
            Self::Table(schema) => schema.describe(),
        }
    }
}

impl Computed {
    fn describe(self) -> String {
        let word = match self {
            Self::Sign | Self::BinAuto => "as the argument",
            Self::CommonArray | Self::ArrayOfChoice | Self::ArrayOfArguments | Self::ArrayOfRow => {
                "array"
            }
            Self::ArrayOfSecond => "array of the second",
            Self::BagOfPairs
            | Self::BagOfColumns
            | Self::BagOfRow
            | Self::BagOfBags
            | Self::BagWithoutKeys
            | Self::BagWithKey => "bag",
            Self::PartDifference => "long, real for weeks",
            Self::SortedArrays => "a column for each array",
            Self::NodesOfGraph => "the columns of the nodes",
            Self::Percentiles => "a column for each percentile",
            Self::PercentilesArray => "array",
            Self::AnyOf { .. } | Self::ArgExtreme { .. } | Self::OldArgExtreme { .. } => {
                "a column for each argument"
            }
            Self::Columns { fields, .. } => {
                let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
                return format!("columns {}", names.join(", "));
            }
        };
        word.to_owned()
    }
}

impl Schema {
    fn describe(self) -> String {
        match self {
            Self::Parts { parts, open } => {
                let mut words: Vec<String> = parts.iter().map(|part| part.describe()).collect();
                if open {
                    words.push("columns of the data".to_owned());
                }
                words.join(", ")
            }
            Self::TypeArgument => "the columns named".to_owned(),
            Self::Pivot => "the other columns, columns of the data".to_owned(),
            Self::Lookup { .. } => "the input, the columns of the table".to_owned(),
            Self::InputAndCount => "the input, and a table with the count".to_owned(),
        }
    }
}

impl SchemaPart {
    fn describe(self) -> String {
        match self {
            Self::Input => "the input".to_owned(),
            Self::InputWithoutFirst => "the input without the column".to_owned(),
            Self::Referenced(parameter) => parameter.to_owned(),
            Self::Field(field) => field.name.to_owned(),
            Self::TypedAs { name, .. } => name.to_owned(),
            Self::NamedAs { parameter, .. } => parameter.to_owned(),
            Self::Prefixed { prefix, parameter } => format!("{prefix}_{parameter}"),
            Self::Suffixed { parameter, suffix, .. } => format!("{parameter}_{suffix}"),
            Self::Paired { each, with } => format!("{each}_{with}, …"),
            Self::Numbered { prefix, .. } => format!("{prefix}0, …"),
            Self::RollingPercentile => "rolling_N_percentile_ValueColumn_P".to_owned(),
        }
    }
}

impl NamedOption {
    /// `kind=inner|leftouter`, `isfuzzy=bool`.
    pub fn describe(&self) -> String {
        let value = match self.value {
            OptionValue::Word([]) | OptionValue::WordOrNumber([]) => "word".to_owned(),
            OptionValue::Word(words) => words.join("|"),
            OptionValue::WordOrNumber(words) => format!("{}|number", words.join("|")),
            OptionValue::Bool => "bool".to_owned(),
            OptionValue::Integer | OptionValue::Number => "number".to_owned(),
            OptionValue::Literal => "literal".to_owned(),
            OptionValue::Text => "text".to_owned(),
            OptionValue::Column => "column".to_owned(),
            OptionValue::Columns => "columns".to_owned(),
            OptionValue::Name => "name".to_owned(),
        };
        format!("{}={value}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use crate::registry::{OperatorKind, aggregate, plugin, scalar};

    #[test]
    fn a_row_tells_how_it_is_called() {
        for (row, expected) in [
            (
                scalar("substring"),
                "substring(string: scalar, start: integer, length?: integer) → string",
            ),
            (scalar("strcat"), "strcat(arg: scalar, …) → string"),
            (
                scalar("extract_json"),
                "extract_json(jsonPath: constant string, jsonText: string) → string",
            ),
            (
                aggregate("make_set"),
                "make_set(expr: scalar, maxSize?: integer) → array of the first",
            ),
            (aggregate("count"), "count() → long"),
            (
                plugin("bag_unpack"),
                "bag_unpack(column: column scalar, column_prefix?: literal string) \
                 → the input without the column, columns of the data",
            ),
        ] {
            let signatures = row.expect("a row").signatures();
            assert_eq!(signatures.first().map(String::as_str), Some(expected));
        }
        let between = OperatorKind::Between.row().signatures();
        assert_eq!(
            between.first().map(String::as_str),
            Some("number between (number .. number) → bool")
        );
    }
}
