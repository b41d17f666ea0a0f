//! The finding in words.

use super::Inspection;

impl Inspection {
    /// One sentence a line.
    pub fn to_words(&self) -> Vec<String> {
        let found = &self.0;
        let mut lines = vec![
            found.bearer(),
            found.audience(),
            found.lifetime("get a new one with `vakt token get`"),
            self.roles_in_words(),
            found.signature(),
        ];
        if !found.can.is_empty() {
            lines.push("Its roles allow these calls:".into());
            lines.extend(found.can.iter().map(|call| format!("  {}", call.name)));
        }
        if !found.cannot.is_empty() {
            lines.push("Its roles do not allow:".into());
            lines.extend(
                found.cannot.iter().map(|call| {
                    format!("  {}: that needs {}", call.name, call.any_of.join(" or "))
                }),
            );
        }
        lines.extend(found.other_api());
        lines
    }

    fn roles_in_words(&self) -> String {
        match self.0.roles() {
            [] => "It has no roles: add permissions with `vakt app permission add`, run `vakt app consent`, and get a new token.".into(),
            roles => format!("Its roles: {}.", roles.join(", ")),
        }
    }
}
