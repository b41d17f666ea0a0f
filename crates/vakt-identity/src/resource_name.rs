//! Resource identifiers as callers spell them.

/// The form under which resource names are compared: lower case, one trailing slash gone.
pub fn fold_resource_name(name: &str) -> String {
    name.strip_suffix('/').unwrap_or(name).to_ascii_lowercase()
}
