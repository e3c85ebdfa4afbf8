"""Judges the forms of one certificate; see scripts/check-certificates.

    check-certificates.py URL TOKEN FOLDER
"""

import base64
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path

import jwt
import pypdfium2
import zxingcpp
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.verifier import OB3VerificationError

NAME, UNIT, PROGRAMME, MINUTES = "欧阳小明", "平顶山市教育体育局", "绿水青山守护行", 135
SHANGHAI = timezone(timedelta(hours=8))


def main(url, token, folder):
    service = Service(url, token)
    certificate, record = issue(service)
    shown = service.get(f"/v1/certificates/{certificate['id']}")
    check("JSON", shown["content"]["name"] == NAME and shown["credited_minutes"] == MINUTES, shown["number"])

    badge = service.read(f"/v1/certificates/{certificate['id']}/badge").decode()
    (folder / "badge.jwt").write_text(badge)
    judge_badge(service, badge)

    pdf = service.read(f"/v1/certificates/{certificate['id']}/pdf")
    (folder / "certificate.pdf").write_bytes(pdf)
    page = judge_pdf(pdf, shown, folder)
    judge_page(service, page, certificate, record)
    print("All of it holds.")


class Service:
    def __init__(self, url, token):
        self.url, self.token = url, token

    def read(self, path, body=None):
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        address = path if path.startswith("http") else self.url + path
        request = urllib.request.Request(address, data, headers)
        try:
            return urllib.request.urlopen(request, timeout=30).read()
        except urllib.error.HTTPError as error:
            sys.exit(f"{address}: {error.code} {error.read().decode()}")

    def get(self, path):
        return json.loads(self.read(path))

    def post(self, path, body):
        return json.loads(self.read(path, body))


def issue(service):
    """A certificate over one record of yesterday; both as they were made."""
    noon = datetime.now(SHANGHAI).replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=1)
    at = lambda minutes: (noon + timedelta(minutes=minutes)).isoformat()
    unit = service.post("/v1/units", {"code": "BUREAU", "name": UNIT, "kind": "bureau"})
    programme = service.post("/v1/programmes", {"unit": unit["id"], "name": PROGRAMME, "brands": []})
    activity = service.post("/v1/activities", {
        "programme": programme["id"], "unit": unit["id"], "name": "我爱白龟湖",
        "window": {"start": at(-60), "end": at(300)},
    })
    volunteer = service.post("/v1/volunteers", {
        "unit": unit["id"], "name": NAME, "gender": "female", "birth_date": "1990-05-20",
        "document": {"kind": "passport", "number": "E1234567"}, "mobile": "13800138000",
        "consent": {"given_at": at(-600), "text_version": "2026-1"},
    })
    record = service.post("/v1/service-records", {
        "activity": activity["id"], "volunteer": volunteer["id"], "start": at(0), "end": at(MINUTES),
        "evidence": "leader", "credit": True,
    })
    certificate = service.post("/v1/certificates", {
        "volunteer": volunteer["id"], "handler": "李老师", "contact": "0375-2660000",
    })
    return certificate, record


def judge_badge(service, badge):
    """openbadgeslib takes it with the key that its header names, and nothing that was changed."""
    header = jwt.get_unverified_header(badge)
    check("badge: header", (header["alg"], header["typ"]) == ("RS256", "JWT"), header["kid"])
    jwk = json.loads(urllib.request.urlopen(header["kid"], timeout=30).read())
    key = public_pem(jwk)
    credential = OB3Verifier(pubkey_pem=key).verify(badge)
    check("badge: openbadgeslib accepts it", credential.issuer.name == UNIT, credential.achievement.name)

    head, payload, signature = badge.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    claims["credentialSubject"]["achievement"]["description"] = "9999"
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    try:
        OB3Verifier(pubkey_pem=key).verify(f"{head}.{forged}.{signature}")
    except OB3VerificationError as refusal:
        check("badge: a changed one is refused", True, str(refusal))
    else:
        check("badge: a changed one is refused", False, "it was taken")


def public_pem(jwk):
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    key = jwt.algorithms.RSAAlgorithm.from_jwk(json.dumps(jwk))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def judge_pdf(pdf, shown, folder):
    """pypdfium2 reads the text, zxing-cpp the QR code, whose address is given back."""
    document = pypdfium2.PdfDocument(pdf)
    check("PDF: one page, A4", len(document) == 1 and document[0].get_size() == (595.0, 842.0), document[0].get_size())
    text = document[0].get_textpage().get_text_range()
    wanted = ["志愿服务记录证明", NAME, UNIT, PROGRAMME, f"{MINUTES} 分钟", "李老师", "0375-2660000", "盖章", shown["page"].split("/C")[0],
              shown["number"], shown["code"], shown["content"]["document_number_masked"],
              shown["content"]["volunteer_number"]]
    missing = [words for words in wanted if words not in text]
    check("PDF: pypdfium2 reads its Chinese text", not missing, missing or text.split("\r\n")[2])
    image = document[0].render(scale=3).to_pil()
    image.save(folder / "certificate.png")
    codes = zxingcpp.read_barcodes(image)
    check("PDF: zxing-cpp reads its QR code", [code.text for code in codes] == [shown["page"]], [c.text for c in codes])
    return codes[0].text


def judge_page(service, page, certificate, record):
    """The address of the QR code tells where the certificate stands, without any token."""
    look = lambda: urllib.request.urlopen(page, timeout=30).read().decode()
    check("page: valid", "有效" in look() and f"{MINUTES} 分钟" in look() and NAME not in look(), page)
    service.post(f"/v1/service-records/{record['id']}/void", {"reason": "重复登记"})
    check("page: corrected, once the record is voided", "已更正" in look(), "已更正")


def check(what, holds, shown):
    print(f"{'ok  ' if holds else 'FAIL'} {what}: {shown}", flush=True)
    if not holds:
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
