//! The page that shows the holder of a certificate its state: plain HTML, no script, nothing from
//! elsewhere, every word escaped.

use super::HeldCertificate;
use super::words;
use crate::api::problem::ApiError;
use crate::domain::certificate::{CertificateState, number_of_certificate};
use crate::domain::time::LocalZone;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use std::fmt::{self, Write};

/// Where the page's style is found.
pub const STYLE_PATH: &str = "/verify.css";

/// The style, the one thing beside itself that the page loads.
pub const STYLE: &str = "\
body{margin:2rem auto;max-width:40rem;padding:0 1rem;font-family:'Noto Sans CJK SC','Microsoft YaHei',sans-serif;color:#222;line-height:1.6}
h1{font-size:1.4rem}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid #ccc;padding:.4rem .6rem;text-align:left;vertical-align:top}
th{width:8rem;font-weight:normal;color:#555}
.state{font-size:1.3rem;font-weight:bold;padding:.4rem .6rem}
.valid{border-left:.4rem solid #1a7f37}
.corrected,.superseded{border-left:.4rem solid #9a6700}
.revoked,.unknown{border-left:.4rem solid #b3261e}
label{display:block;margin:.6rem 0}
input{font-size:1rem;padding:.3rem;width:16rem;max-width:100%}
footer{margin-top:2rem;color:#555;font-size:.9rem}
";

/// Where a certificate stands, with the least that lets its holder know it again.
pub(super) fn of(held: &HeldCertificate, zone: LocalZone) -> HttpResponse {
    let certificate = &held.view.certificate;
    let (state, meaning) = words::state(held.view.state);
    let mut rows = row("证明编号", &certificate.number());
    // Once the person is erased, nothing of the content is told.
    if let Some(content) = &held.view.content {
        rows += &row("姓名", &held.masked_name().unwrap_or_default());
        rows += &row("记录单位", content.unit_name.as_str());
        rows += &row("服务期间", &words::period(content.period));
        rows += &row("服务时长", &words::duration(content.credited_minutes));
        rows += &row("出具日期", &words::day_of(certificate.issued_at, zone));
    }
    if let Some(successor) = certificate.replaced_by {
        rows += &row("换发的证明", &number_of_certificate(successor));
    }
    let class = match held.view.state {
        CertificateState::Valid => "valid",
        CertificateState::Corrected => "corrected",
        CertificateState::Superseded => "superseded",
        CertificateState::Revoked => "revoked",
    };
    let body = format!("<p class=\"state {class}\">{state}</p>\n<p>{meaning}</p>\n<table>\n{rows}</table>");
    page(StatusCode::OK, &body)
}

/// The form for a holder who has the paper only.
pub(super) fn form() -> HttpResponse {
    page(StatusCode::OK, FORM)
}

/// What stands against a look-up, for people.
pub(super) fn refusal(error: &ApiError) -> HttpResponse {
    let (state, meaning) = match error {
        ApiError::TooManyRequests { .. } => ("查询过于频繁", "请稍后再试。"),
        ApiError::Rejected(_) => ("查无此证明", "没有与该编号和验证码相符的证明，请核对后再试。"),
        _ => ("暂时无法查询", "请稍后再试。"),
    };
    let body = format!("<p class=\"state unknown\">{state}</p>\n<p>{meaning}</p>\n{FORM}");
    let mut response = page(error.status(), &body);
    if let ApiError::TooManyRequests { retry_after_seconds } = error {
        response.headers_mut().insert(RETRY_AFTER, (*retry_after_seconds).into());
    }
    response
}

const FORM: &str = "\
<form action=\"/verify\" method=\"get\" autocomplete=\"off\">
<label>证明编号 <input name=\"number\" maxlength=\"32\" required></label>
<label>验证码 <input name=\"code\" maxlength=\"64\" required></label>
<button type=\"submit\">核验</button>
</form>";

fn page(status: StatusCode, body: &str) -> HttpResponse {
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title} · 核验</title>\n\
         <link rel=\"stylesheet\" href=\"{STYLE_PATH}\">\n</head>\n<body>\n<h1>{title} · 核验</h1>\n{body}\n\
         <footer>本页内容由记录系统的账本即时得出。</footer>\n</body>\n</html>\n",
        title = words::TITLE,
    ))
}

fn row(name: &str, value: &str) -> String {
    format!("<tr><th scope=\"row\">{name}</th><td>{}</td></tr>\n", Escaped(value))
}

/// Text within an element or a quoted attribute.
struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            // Marks that turn the direction of what follows would let a name rewrite the page.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => Ok(()),
            other => f.write_char(other),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_means_something_to_a_browser_gets_through() {
        assert_eq!(
            Escaped("<script>alert('&\")</script>\u{202e}").to_string(),
            "&lt;script&gt;alert(&#39;&amp;&quot;)&lt;/script&gt;"
        );
        assert_eq!(Escaped("王小明").to_string(), "王小明");
    }
}
