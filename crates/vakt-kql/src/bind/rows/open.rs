//! Rows of which not all columns are known before the data is seen (`bag_unpack`, `pivot`, a table
//! that is not there): a name that nobody knows is a column of theirs.

use std::sync::Arc;

use super::super::{Binder, RowScope};
use crate::bound::{Expr, ExprKind, Rel};
use crate::catalog::Column;
use crate::syntax::tree::Span;
use crate::types::Type;

impl Binder<'_> {
    /// The column of open rows that has this name, of unknown type. It stands behind the known ones,
    /// in the order in which names come up. Only where `scope.open`.
    pub(crate) fn infer(&mut self, scope: &RowScope<'_>, name: Arc<str>, span: Span) -> Expr {
        let known = scope.columns.map_or(0, |columns| columns.len());
        let place = match self.inferred.iter().position(|own| *own == name) {
            Some(place) => place,
            None => {
                self.inferred.push(name);
                self.inferred.len() - 1
            }
        };
        let kind = ExprKind::Column(known + place);
        Expr { kind, ty: Type::UNKNOWN, several: None, span, constant: false }
    }

    /// Binds an operator on open rows: what was inferred meanwhile is a column of what comes out,
    /// where the operator keeps columns.
    pub(super) fn inferring(&mut self, keeps: bool, bind: impl FnOnce(&mut Self) -> Rel) -> Rel {
        let outer = std::mem::take(&mut self.inferred);
        let mut rows = bind(self);
        let inferred = std::mem::replace(&mut self.inferred, outer);
        if keeps && !inferred.is_empty() {
            let mut columns: Vec<Column> = rows.columns.to_vec();
            for name in inferred {
                if columns.iter().all(|column| column.name != name) {
                    columns.push(Column::new(name, Type::UNKNOWN));
                }
            }
            rows.columns = columns.into();
        }
        rows
    }
}
