"""Asks a service that runs, over one connection that stays open."""
import http.client, json, urllib.parse

MOST_ON_A_PAGE = 200


class Client:
    def __init__(self, url, token):
        self.address, self.token, self.connection = urllib.parse.urlsplit(url), token, None

    def ask(self, method, path, body=None, **headers):
        """Status and answer."""
        headers |= {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        data = None if body is None else json.dumps(body)
        if data is not None:
            headers["Content-Type"] = "application/json"
        try:
            return self.exchange(method, path, data, headers)
        except (ConnectionError, http.client.HTTPException):
            # A connection that the other side has closed meanwhile; only reading is safe to repeat.
            self.connection = None
            if method != "GET":
                raise
            return self.exchange(method, path, data, headers)

    def exchange(self, method, path, data, headers):
        if self.connection is None:
            secure = self.address.scheme == "https"
            kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
            self.connection = kind(self.address.netloc, timeout=600)
        self.connection.request(method, path, data, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None

    def get(self, path, **query):
        """The answer; any refusal ends the comparison."""
        given = {name: value for name, value in query.items() if value is not None}
        if given:
            path += "?" + urllib.parse.urlencode(given)
        status, answer = self.ask("GET", path)
        if status != 200:
            raise Refused(f"{path}: {status} {answer}")
        return answer

    def each(self, path, **query):
        """Every item of a list, page by page."""
        cursor = None
        while True:
            page = self.get(path, limit=MOST_ON_A_PAGE, cursor=cursor, **query)
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return


class Refused(Exception):
    """The service refuses what an auditor may ask."""
