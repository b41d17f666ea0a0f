//! The type of an answer: what a call gives, by the rule of its overload.

use std::sync::Arc;

use super::conversions::{
    Conversion, any_array, any_bag, array_of, common, common_of, promoted, widest,
};
use super::names::same_column;
use super::overloads::{Any, Arg, common_argument};
use super::places::Places;
use super::{Binder, RowScope};
use crate::bound::{Expr, ExprKind, Value};
use crate::catalog::{Column, Schema};
use crate::registry::{Computed, Declared, Field, Function, Overload, Place, Returns};
use crate::types::{ScalarType, Type};

/// What a call gives: one value, or several with their names.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) ty: Type,
    pub(crate) several: Option<Schema>,
}

impl Answer {
    fn one(ty: Type) -> Self {
        Self { ty, several: None }
    }

    fn several(columns: Vec<Column>) -> Self {
        let ty = columns.first().map_or(Type::UNKNOWN, |column| column.ty.clone());
        Self { ty, several: Some(columns.into()) }
    }
}

/// A call whose overload is clear.
#[derive(Clone, Copy)]
pub(crate) struct Chosen<'c, 'a> {
    pub(crate) function: Option<&'static Function>,
    pub(crate) overload: &'static Overload,
    pub(crate) places: &'c Places,
    pub(crate) arguments: &'c [Arg<'a>],
    pub(crate) scope: &'c RowScope<'c>,
}

impl<'a> Chosen<'_, 'a> {
    fn argument(&self, parameter: usize) -> Option<&Arg<'a>> {
        self.arguments.get(self.places.argument_of(parameter, self.arguments.len())?)
    }

    fn named(&self, parameter: &str) -> Option<&Arg<'a>> {
        let parameters = self.overload.parameters;
        self.argument(parameters.iter().position(|own| own.name == parameter)?)
    }

    fn all_named(&self, parameter: &str) -> Vec<&Arg<'a>> {
        let is = |index: usize| {
            self.places.parameter(self.overload, index).is_some_and(|own| own.name == parameter)
        };
        let arguments = self.arguments.iter().enumerate();
        arguments.filter(|(index, _)| is(*index)).map(|(_, argument)| argument).collect()
    }

    fn ty(&self, parameter: usize) -> Type {
        self.argument(parameter).and_then(Arg::ty).cloned().unwrap_or(Type::UNKNOWN)
    }

    fn types(&self) -> impl Iterator<Item = &Type> {
        self.arguments.iter().filter_map(Arg::ty)
    }
}

/// A type as a signature tells it.
pub(crate) fn declared(ty: &Declared) -> Type {
    match ty {
        Declared::Scalar(scalar) => Type::Scalar(*scalar),
        Declared::Array(element) => Type::Array(Arc::new(declared(element))),
        Declared::Bag(fields) => Type::Bag(
            fields.iter().map(|field| (Arc::from(field.name), declared(&field.ty))).collect(),
        ),
    }
}

impl<'a> Binder<'a> {
    /// The type of a call's answer.
    pub(crate) fn answer(&self, call: &Chosen<'_, 'a>) -> Answer {
        let shared = |without_dynamic| {
            let common =
                common_argument(call.overload, call.places, call.arguments, without_dynamic);
            Answer::one(common.unwrap_or(Type::UNKNOWN))
        };
        match &call.overload.returns {
            Returns::Declared(ty) => Answer::one(declared(ty)),
            Returns::Argument(place) => Answer::one(call.ty(usize::from(*place))),
            Returns::FirstPromoted => Answer::one(promoted(call.ty(0))),
            Returns::ArrayOfFirst => Answer::one(array_of(Some(&call.ty(0)))),
            Returns::TypeNamedBy(place) => {
                let parameter = match place {
                    Place::First => 0,
                    Place::Second => 1,
                    Place::Last => call.overload.parameters.len().saturating_sub(1),
                };
                Answer::one(call.argument(parameter).and_then(named_type).unwrap_or(Type::UNKNOWN))
            }
            Returns::Common => shared(false),
            Returns::CommonNotDynamic => shared(true),
            Returns::Widest => Answer::one(promoted(widest(call.types()).unwrap_or(Type::UNKNOWN))),
            Returns::Computed(rule) => self.computed(*rule, call),
            Returns::Entity(_) | Returns::Table(_) => Answer::one(Type::UNKNOWN),
        }
    }

    fn computed(&self, rule: Computed, call: &Chosen<'_, 'a>) -> Answer {
        match rule {
            Computed::Columns { named_by, fields } => {
                self.prefixed_columns(usize::from(named_by), fields, call)
            }
            Computed::SortedArrays => self.sorted_arrays(call),
            Computed::Percentiles => self.percentiles(call),
            Computed::PercentilesArray => {
                let name = self.name_of_argument(call.named("expr"), call.scope);
                Answer::several(vec![Column::new(format!("percentiles_{name}"), any_array())])
            }
            Computed::AnyOf { prefix } => self.any_of(prefix, call),
            Computed::ArgExtreme { prefix } => self.extreme(prefix, call),
            Computed::OldArgExtreme { .. } => self.old_extreme(call),
            Computed::PartDifference => {
                let part = call.named("part").and_then(Arg::text).unwrap_or_default();
                let week = part.eq_ignore_ascii_case("week");
                Answer::one(if week { ScalarType::Real } else { ScalarType::Long }.into())
            }
            Computed::NodesOfGraph => match call.scope.graph {
                Some(nodes) => Answer::several(nodes.to_vec()),
                None => Answer::one(Type::UNKNOWN),
            },
            Computed::Sign
            | Computed::BinAuto
            | Computed::CommonArray
            | Computed::ArrayOfChoice
            | Computed::BagOfPairs
            | Computed::BagOfColumns
            | Computed::BagOfRow
            | Computed::ArrayOfArguments
            | Computed::ArrayOfRow
            | Computed::BagOfBags
            | Computed::BagWithoutKeys
            | Computed::BagWithKey
            | Computed::ArrayOfSecond => Answer::one(self.computed_type(rule, call)),
        }
    }

    fn computed_type(&self, rule: Computed, call: &Chosen<'_, 'a>) -> Type {
        let row = || call.scope.columns.map(|columns| columns.iter()).into_iter().flatten();
        match rule {
            Computed::Sign => match call.argument(0).map(|argument| &argument.value) {
                Some(Any::Value(value)) if value.constant => value.ty.clone(),
                _ => promoted(call.ty(0)),
            },
            Computed::BinAuto => promoted(self.bin_auto(call.ty(0))),
            Computed::CommonArray => {
                common_of(call.types(), Conversion::None).unwrap_or_else(any_array)
            }
            Computed::ArrayOfChoice => {
                let chosen = call.named("when_true").and_then(Arg::ty).cloned();
                match chosen {
                    Some(ty) if ty.is_dynamic() => ty,
                    chosen => array_of(chosen.as_ref()),
                }
            }
            Computed::BagOfPairs => bag_of_pairs(call),
            Computed::BagOfColumns => bag_of_columns(call),
            Computed::BagOfRow => {
                Type::Bag(row().map(|column| (column.name.clone(), column.ty.clone())).collect())
            }
            Computed::ArrayOfArguments => {
                let values = call.all_named("value");
                let values = values.iter().filter_map(|argument| argument.ty());
                array_of(common_of(values, Conversion::Promotable).as_ref())
            }
            Computed::ArrayOfRow => {
                array_of(common_of(row().map(|column| &column.ty), Conversion::Promotable).as_ref())
            }
            Computed::BagOfBags => bag_of_bags(call),
            Computed::BagWithoutKeys => any_bag(),
            Computed::BagWithKey => bag_with_key(call),
            _ => array_of(call.arguments.get(1).and_then(Arg::ty)),
        }
    }

    /// A number meets the two options that are set.
    fn bin_auto(&self, ty: Type) -> Type {
        if !super::conversions::is_number(&ty) {
            return ty;
        }
        let option = |name: &str| match self.scopes.find(name) {
            Some(super::Symbol::Value(value)) => Some(value.ty.clone()),
            _ => None,
        };
        let options = ["query_bin_auto_size", "query_bin_auto_at"].map(option);
        options.into_iter().flatten().fold(ty, |ty, other| {
            common(&ty, &other, Conversion::Promotable).unwrap_or(Type::UNKNOWN)
        })
    }

    /// The name that an argument has by itself, or nothing.
    fn name_of_argument(&self, argument: Option<&Arg<'a>>, scope: &RowScope<'_>) -> String {
        argument.and_then(|argument| self.argument_name(argument, scope)).unwrap_or_default()
    }

    fn argument_name(&self, argument: &Arg<'a>, scope: &RowScope<'_>) -> Option<String> {
        match &argument.value {
            Any::Value(value) => self.result_name(argument.node, value, scope),
            _ => None,
        }
    }

    fn prefixed_columns(&self, named_by: usize, fields: &[Field], call: &Chosen<'_, 'a>) -> Answer {
        let function = call.function.map_or("", |own| own.prefix.unwrap_or(own.name));
        let name = self.name_of_argument(call.argument(named_by), call.scope);
        let columns = fields.iter().map(|field| {
            Column::new(format!("{function}_{name}_{}", field.name), declared(&field.ty))
        });
        Answer::several(columns.collect())
    }

    fn sorted_arrays(&self, call: &Chosen<'_, 'a>) -> Answer {
        let mut columns = Vec::new();
        for (index, argument) in call.arguments.iter().enumerate() {
            let Some(ty) = argument.ty().filter(|ty| super::overloads::is_array(ty)) else { break };
            let name = self.name_of_argument(Some(argument), call.scope);
            let name = if name.is_empty() { format!("array{index}") } else { name };
            columns.push(Column::new(format!("{name}_sorted"), ty.clone()));
        }
        Answer::several(columns)
    }

    fn percentiles(&self, call: &Chosen<'_, 'a>) -> Answer {
        let value = call.named("expr");
        let name = self.name_of_argument(value, call.scope);
        let ty = match value.and_then(Arg::ty).cloned().unwrap_or(Type::UNKNOWN) {
            Type::Scalar(ScalarType::Int) => ScalarType::Long.into(),
            Type::Scalar(ScalarType::Decimal) => ScalarType::Real.into(),
            other => other,
        };
        let columns = call.all_named("percentile").into_iter().map(|percentile| {
            let text = percentile.literal().map(number_text).unwrap_or_default();
            let plain = |c: char| if c.is_alphanumeric() { c } else { '_' };
            let text: String = text.chars().map(plain).collect();
            Column::new(format!("percentile_{name}_{text}"), ty.clone())
        });
        Answer::several(columns.collect())
    }

    /// The columns of `take_any`, `arg_max` and their like.
    fn row_columns(
        &self,
        call: &Chosen<'_, 'a>,
        may_repeat: impl Fn(usize) -> bool,
        name: impl Fn(usize, Named<'_>) -> String,
    ) -> Vec<Column> {
        let scope = call.scope;
        let starred = call.arguments.iter().any(Arg::is_star);
        let mut used: Vec<usize> = Vec::new();
        let mut columns = Vec::new();
        for (index, argument) in call.arguments.iter().enumerate() {
            let may_add = |place: &usize, used: &[usize]| {
                !starred
                    || may_repeat(index)
                    || !(used.contains(place) || scope.keys.contains(place))
            };
            let Any::Value(value) = &argument.value else {
                let all = scope.columns.into_iter().flat_map(|all| all.iter().enumerate());
                for (place, column) in all {
                    if may_add(&place, &used) {
                        used.push(place);
                        let own = name(index, Named::Column(&column.name));
                        columns.push(Column { name: own.into(), ..column.clone() });
                    }
                }
                continue;
            };
            if let Some((place, column)) = same_column(value, scope) {
                if may_add(&place, &used) {
                    used.push(place);
                    let given = argument.name.as_ref().unwrap_or(&column.name);
                    let own = name(index, Named::Column(given));
                    columns.push(Column::new(own, column.ty.clone()));
                }
                continue;
            }
            let own = match self.argument_name(argument, scope) {
                Some(own) => name(index, Named::Expression(&own)),
                None => name(index, Named::Nameless),
            };
            columns.push(Column::new(own, value.ty.clone()));
        }
        columns
    }

    fn any_of(&self, prefix: &str, call: &Chosen<'_, 'a>) -> Answer {
        let columns = self.row_columns(
            call,
            |_| false,
            |index, named| match named {
                Named::Column(name) => name.to_owned(),
                Named::Expression(name) if !name.is_empty() => name.to_owned(),
                _ => format!("{prefix}arg{index}"),
            },
        );
        Answer::several(columns)
    }

    fn extreme(&self, prefix: &str, call: &Chosen<'_, 'a>) -> Answer {
        let primary = self.name_of_argument(call.arguments.first(), call.scope);
        let columns = self.row_columns(
            call,
            |index| index == 0,
            |index, named| match named {
                Named::Column(name) | Named::Expression(name) => name.to_owned(),
                Named::Nameless if index == 0 => format!("{prefix}_"),
                Named::Nameless => format!("{prefix}_{primary}_arg{index}"),
            },
        );
        Answer::several(columns)
    }

    fn old_extreme(&self, call: &Chosen<'_, 'a>) -> Answer {
        let primary = self.name_of_argument(call.arguments.first(), call.scope);
        let columns = self.row_columns(
            call,
            |index| index == 0,
            |index, named| match named {
                Named::Column(name) | Named::Expression(name) if index == 0 => name.to_owned(),
                Named::Nameless if index == 0 => primary.clone(),
                Named::Column(name) | Named::Expression(name) => format!("{primary}_{name}"),
                Named::Nameless => format!("{primary}_arg{index}"),
            },
        );
        Answer::several(columns)
    }
}

/// What an argument of `arg_max` and its like is called by.
enum Named<'s> {
    Column(&'s str),
    Expression(&'s str),
    Nameless,
}

/// The type that `typeof(…)` names.
fn named_type(argument: &Arg<'_>) -> Option<Type> {
    match &argument.value {
        Any::Value(Expr { kind: ExprKind::Type(columns), .. }) => match &**columns {
            [only] if only.name.is_empty() => Some(only.ty.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// As .NET prints a number.
fn number_text(value: &Value) -> String {
    match value {
        Value::Long(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Decimal(text) | Value::String(text) => text.to_string(),
        _ => String::new(),
    }
}

fn bag_of_pairs(call: &Chosen<'_, '_>) -> Type {
    let (keys, values) = (call.all_named("key"), call.all_named("value"));
    let pairs = keys.iter().enumerate().filter_map(|(index, key)| {
        let ty = values.get(index).and_then(|value| value.ty()).cloned();
        Some((Arc::from(key.text()?), ty.unwrap_or(Type::UNKNOWN)))
    });
    Type::Bag(pairs.collect())
}

fn bag_of_columns(call: &Chosen<'_, '_>) -> Type {
    let columns = call.arguments.iter().filter_map(|argument| match &argument.value {
        Any::Value(value) => same_column(value, call.scope),
        _ => None,
    });
    Type::Bag(columns.map(|(_, column)| (column.name.clone(), column.ty.clone())).collect())
}

fn bag_of_bags(call: &Chosen<'_, '_>) -> Type {
    let mut types = call.types();
    let Some(Type::Bag(first)) = types.next() else { return any_bag() };
    let mut merged = first.to_vec();
    for ty in types {
        let Type::Bag(more) = ty else { continue };
        for (name, ty) in more.iter() {
            if !merged.iter().any(|(own, _)| own == name) {
                merged.push((name.clone(), ty.clone()));
            }
        }
    }
    Type::Bag(merged.into())
}

fn bag_with_key(call: &Chosen<'_, '_>) -> Type {
    let bag = call.named("bag").and_then(Arg::ty).cloned().unwrap_or_else(any_bag);
    let key = call.named("key").and_then(Arg::text).filter(|key| !key.trim().is_empty());
    let (Some(key), Some(value)) = (key, call.named("value").and_then(Arg::ty)) else { return bag };
    if key.starts_with('$') {
        return bag;
    }
    let known: &[(Arc<str>, Type)] = if let Type::Bag(known) = &bag { known } else { &[] };
    let others = known.iter().filter(|(name, _)| **name != *key).cloned();
    Type::Bag(others.chain([(Arc::from(key), value.clone())]).collect())
}
