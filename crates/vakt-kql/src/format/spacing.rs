//! Whether a blank stands between two tokens of one line.

use crate::syntax::kinds::{NodeKind, TokenKind};

/// A token with the node it is directly in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub kind: TokenKind,
    pub within: NodeKind,
}

/// Whether two neighbours stand apart; `apart_now` is how they are written.
pub(super) fn stand_apart(before: Place, after: Place, apart_now: bool) -> bool {
    let of_one_name = before.within == NodeKind::NameRef && after.within == NodeKind::NameRef;
    if of_one_name || as_written(before.within) || as_written(after.within) {
        return apart_now;
    }
    !(sticks_to_next(before) || sticks_to_previous(after))
}

/// Where a blank has a meaning of its own.
fn as_written(kind: NodeKind) -> bool {
    matches!(kind, NodeKind::WildcardName | NodeKind::Error)
}

fn sticks_to_next(place: Place) -> bool {
    use TokenKind as T;
    match place.kind {
        T::OpenParen | T::OpenBracket | T::Dot | T::At => true,
        T::OpenBrace => matches!(place.within, NodeKind::JsonObject | NodeKind::NameRef),
        T::Minus | T::Plus => {
            matches!(place.within, NodeKind::Unary | NodeKind::JsonNegative | NodeKind::Literal)
        }
        T::Equal => place.within == NodeKind::NamedParameter,
        T::Colon => matches!(
            place.within,
            NodeKind::NameAndType
                | NodeKind::Parameter
                | NodeKind::TypedColumn
                | NodeKind::ColumnIs
        ),
        _ => false,
    }
}

fn sticks_to_previous(place: Place) -> bool {
    use TokenKind as T;
    match place.kind {
        T::CloseParen | T::CloseBracket | T::Comma | T::Semicolon | T::Dot | T::Colon => true,
        T::CloseBrace => matches!(place.within, NodeKind::JsonObject | NodeKind::NameRef),
        T::OpenParen => opens_after_name(place.within),
        T::OpenBracket => place.within == NodeKind::Element,
        T::Equal => place.within == NodeKind::NamedParameter,
        T::EndOfText => true,
        _ => false,
    }
}

/// Nodes whose parenthesis follows a name: `f(…)`, `dynamic(…)`.
fn opens_after_name(kind: NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Arguments
            | NodeKind::DynamicLiteral
            | NodeKind::TypeOf
            | NodeKind::ToScalar
            | NodeKind::ToTable
            | NodeKind::Materialize
            | NodeKind::RowSchema
            | NodeKind::Pack
            | NodeKind::ContextualDataTable
    )
}
