//! The scalar types of KQL and how they widen.

use std::fmt;
use std::sync::Arc;

/// A scalar type. Source: the KQL reference, "Scalar data types".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ScalarType {
    /// `bool`
    Bool,
    /// `int`, 32 bits.
    Int,
    /// `long`, 64 bits.
    Long,
    /// `real`, IEEE 754 double.
    Real,
    /// `decimal`, 34 significant digits.
    Decimal,
    /// `string`, UTF-8, never null.
    String,
    /// `datetime`, ticks of 100 ns since the year 1, UTC.
    Datetime,
    /// `timespan`, ticks of 100 ns.
    Timespan,
    /// `guid`
    Guid,
    /// `dynamic`: any scalar, array or bag.
    Dynamic,
    /// `type`: what `typeof(…)` is; only an argument.
    Type,
    /// Not known, because something before was wrong: silences what follows from it.
    Unknown,
}

/// How many scalar types there are.
pub(crate) const SCALAR_TYPES_COUNT: usize = ScalarType::Unknown as usize + 1;

impl ScalarType {
    /// The name in answers and in schemas: `long`, `datetime`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Long => "long",
            Self::Real => "real",
            Self::Decimal => "decimal",
            Self::String => "string",
            Self::Datetime => "datetime",
            Self::Timespan => "timespan",
            Self::Guid => "guid",
            Self::Dynamic => "dynamic",
            Self::Type => "type",
            Self::Unknown => "unknown",
        }
    }

    /// From any spelling that KQL takes: `long`, `int64`, `date`, `boolean`, `double`, `uniqueid`.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "bool" | "boolean" => Self::Bool,
            "int" | "int32" | "uint" | "uint32" | "int8" | "int16" | "uint8" | "uint16"
            | "byte" | "char" => Self::Int,
            "long" | "int64" | "ulong" | "uint64" => Self::Long,
            "real" | "double" | "float" => Self::Real,
            "decimal" => Self::Decimal,
            "string" => Self::String,
            "datetime" | "date" => Self::Datetime,
            "timespan" | "time" => Self::Timespan,
            "guid" | "uuid" | "uniqueid" => Self::Guid,
            "dynamic" => Self::Dynamic,
            _ => return None,
        })
    }

    /// int, long, real, decimal.
    pub const fn is_numeric(self) -> bool {
        matches!(self, Self::Int | Self::Long | Self::Real | Self::Decimal)
    }

    /// int, long.
    pub const fn is_integer(self) -> bool {
        matches!(self, Self::Int | Self::Long)
    }
}

impl fmt::Display for ScalarType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A type with what is known of the inside of a `dynamic`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A scalar type; of a `dynamic` nothing more is known.
    Scalar(ScalarType),
    /// A dynamic that holds one value of this type.
    Holding(ScalarType),
    /// A dynamic array of elements.
    Array(Arc<Type>),
    /// A dynamic bag with the properties that are known of it; others may be there too.
    Bag(Arc<[(Arc<str>, Type)]>),
}

impl Type {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self::Scalar(ScalarType::Unknown);
    /// `dynamic`, whatever is in it.
    pub const DYNAMIC: Self = Self::Scalar(ScalarType::Dynamic);

    /// The scalar type: `dynamic` for arrays and bags.
    pub const fn scalar(&self) -> ScalarType {
        match self {
            Self::Scalar(ty) => *ty,
            Self::Holding(_) | Self::Array(_) | Self::Bag(_) => ScalarType::Dynamic,
        }
    }

    /// An error before: silence about what follows.
    pub fn is_unknown(&self) -> bool {
        *self == Self::UNKNOWN
    }

    /// Any kind of dynamic.
    pub fn is_dynamic(&self) -> bool {
        self.scalar() == ScalarType::Dynamic
    }
}

impl From<ScalarType> for Type {
    fn from(ty: ScalarType) -> Self {
        Self::Scalar(ty)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.scalar().name())
    }
}
