//! Holds the query of each request against the specification, before any handler sees it: what an operation does
//! not take is refused, by name, and not passed over. Who asked for figures as of an entry must not be given
//! today's because of a slip, or because the operation has no past.
//!
//! A new operation cannot forget it: what it takes is what its part of the specification says.

use super::extract::query::pairs;
use super::openapi;
use super::problem::ApiError;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};
use std::collections::{BTreeSet, HashMap};
use utoipa::openapi::path::ParameterIn;
use utoipa::openapi::{OpenApi, RefOr};

/// The names that each operation takes in its query, by method, by the pattern of its path.
#[derive(Debug, Default)]
pub struct Parameters(HashMap<String, HashMap<&'static str, BTreeSet<String>>>);

/// Pages for people take any query: who passes a link on may have something added to it, as `WeChat` does, and a page
/// has no figure that the addition could have changed.
const PAGES: [&str; 2] = ["/docs", "/verify"];

impl Parameters {
    /// What the operations of a specification take.
    pub fn new(api: &OpenApi) -> Self {
        let mut paths = api.paths.paths.clone();
        let shared = api.components.as_ref().map(|components| &components.parameters);
        let named = paths.iter_mut().map(|(path, item)| {
            let of_method = openapi::operations(item).into_iter().map(|(method, operation)| {
                let all = operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
                    RefOr::T(parameter) => Some(parameter),
                    RefOr::Ref(to) => {
                        let name = to.ref_location.rsplit('/').next()?;
                        match shared?.get(name)? {
                            RefOr::T(parameter) => Some(parameter),
                            RefOr::Ref(_) => None,
                        }
                    }
                });
                let in_query = all.filter(|parameter| parameter.parameter_in == ParameterIn::Query);
                (openapi::name_of(&method), in_query.map(|parameter| parameter.name.clone()).collect())
            });
            (path.clone(), of_method.collect())
        });
        Self(named.collect())
    }

    /// What stands against a query. A method that a path does not take is refused as such, and so is what is no path.
    fn check(&self, pattern: &str, method: &Method, query: &str) -> Result<(), ApiError> {
        if PAGES.iter().any(|page| pattern.starts_with(page)) {
            return Ok(());
        }
        let nothing = BTreeSet::new();
        let known = match self.0.get(pattern) {
            Some(methods) => match methods.get(method.as_str()) {
                Some(known) => known,
                None => return Ok(()),
            },
            // What the specification does not tell of is given as it is.
            None => &nothing,
        };
        match pairs(query)?.into_iter().find(|(name, _)| !known.contains(name)) {
            None => Ok(()),
            Some((name, _)) => {
                let names: Vec<&str> = known.iter().map(String::as_str).collect();
                let detail = match names.as_slice() {
                    [] => "unknown, this takes no parameters".to_owned(),
                    names => format!("unknown, expected one of {}", names.join(", ")),
                };
                Err(ApiError::InvalidParameter { name, detail })
            }
        }
    }
}

/// Refuses a request that asks what its operation does not take.
pub async fn hold_query<B: MessageBody>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let query = req.query_string();
    if !query.is_empty()
        && let Some(pattern) = req.match_pattern()
        && let Some(parameters) = req.app_data::<web::Data<Parameters>>()
        && let Err(refusal) = parameters.check(&pattern, req.method(), query)
    {
        return Ok(req.into_response(HttpResponse::from_error(refusal)).map_into_right_body());
    }
    next.call(req).await.map(ServiceResponse::map_into_left_body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_held_against_its_own_operation() {
        let parameters = Parameters::new(&openapi::openapi());
        let at_fault =
            |method: Method, pattern: &str, query: &str| match parameters.check(pattern, &method, query) {
                Ok(()) => None,
                Err(ApiError::InvalidParameter { name, .. }) => Some(name),
                Err(other) => panic!("{other:?}"),
            };
        for (method, pattern, query) in [
            (Method::GET, "/v1/units", "limit=5"),
            (Method::GET, "/v1/units", "limit=no+number"),
            (Method::GET, "/v1/no-such-path", ""),
            (Method::DELETE, "/v1/units", "colour=red"),
            (Method::GET, "/verify/{number}", "code=1&from=singlemessage"),
        ] {
            assert_eq!(at_fault(method, pattern, query), None, "{pattern}?{query}");
        }
        for (method, pattern, query, name) in [
            (Method::GET, "/v1/units", "colour=red", "colour"),
            (Method::GET, "/v1/units", "limit=1&limit=1", "limit"),
            (Method::POST, "/v1/units", "limit=5", "limit"),
            (Method::GET, "/v1/units/{id}", "as_of=5", "as_of"),
            (Method::GET, "/log/checkpoint", "as_of=5", "as_of"),
            (Method::GET, "/livez", "verbose", "verbose"),
        ] {
            assert_eq!(at_fault(method, pattern, query).as_deref(), Some(name), "{pattern}?{query}");
        }
    }
}
