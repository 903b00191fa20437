"""SES v2 SendEmail: refuse what AWS refuses, keep what it accepts.

The emulator's own relay and message list drop Reply-To, custom headers,
attachments, tags and most of a raw message. Here each accepted request is
written, whole and with the id given, to one file of a spool folder before the
caller hears of its success. ``infra/local`` turns the files into the messages
the recipients would see. A file, unlike a request to the front, is not lost
when the front is down.

Tests can ask for the failures AWS knows (``control`` sets them): the next
sends are throttled, refused, accepted with the answer lost, or kept waiting; or
they are accepted and then bounce or are complained about, which the front's
events tell. The account's suppression list is empty: taking an address off it
answers as AWS does for one that is not on it.
"""

import asyncio
import json
import os
import re
import time

SEND_PATH = "/v2/email/outbound-emails"
MAX_RECIPIENTS = 50
MAX_HEADER_LINE = 996
RESERVED_HEADERS = {
    "bcc", "cc", "content-disposition", "content-type", "date", "from", "message-id",
    "mime-version", "reply-to", "return-path", "subject", "to"}
TAG_PATTERN = re.compile(r"[A-Za-z0-9_-]{1,256}")
HEADER_VALUE_PATTERN = re.compile(r"[ -~]*")
SUPPRESSION_PATH = "/v2/email/suppression/addresses/"
FAULTS = ("throttle", "refuse", "lose", "delay", "bounce", "complain")
FATES = ("bounce", "complain")
DELAY_SECONDS = 30


def refusal(request):
    """Why AWS would answer BadRequestException, or None."""
    destination = request.get("Destination") or {}
    recipients = [a for key in ("ToAddresses", "CcAddresses", "BccAddresses")
                  for a in destination.get(key) or []]
    if len(recipients) > MAX_RECIPIENTS:
        return f"Recipient count exceeds {MAX_RECIPIENTS}."
    for address in recipients:
        if not address.isascii():
            return f"Local address contains control or non-ASCII characters: {address!a}"
    for tag in request.get("EmailTags") or []:
        for part in (tag.get("Name", ""), tag.get("Value", "")):
            if not TAG_PATTERN.fullmatch(part):
                return f"Invalid tag <{part}>: only alphanumeric ASCII characters, '_', and '-' are allowed."
    return _header_refusal((request.get("Content") or {}).get("Simple") or {})


def _header_refusal(simple):
    seen = set()
    for header in simple.get("Headers") or []:
        name, value = header.get("Name", ""), header.get("Value", "")
        if name.lower() in RESERVED_HEADERS:
            return f"Header <{name}> is not allowed."
        if name.lower() in seen:
            return f"Header <{name}> is given more than once."
        if not HEADER_VALUE_PATTERN.fullmatch(value) or len(name) + len(value) > MAX_HEADER_LINE:
            return f"Invalid value of header <{name}>."
        seen.add(name.lower())
    return None


class Spool:
    """A folder of accepted messages, one file each, written at one stroke."""

    def __init__(self, folder, clock):
        self._folder = folder
        self._clock = clock
        os.makedirs(folder, exist_ok=True)

    def keep(self, message_id, request, fate=None):
        """Writes the message so that it is there whole or not at all."""
        record = {"messageId": message_id, "acceptedAt": self._clock.now(), "request": request}
        if fate:
            record["fate"] = fate
        name = f"{int(time.time() * 1000):014d}-{message_id}.json"
        partial = os.path.join(self._folder, f".{name}")
        with open(partial, "w", encoding="utf-8") as file:
            json.dump(record, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, os.path.join(self._folder, name))


class Sender:
    """Stands before the emulator's SES v2."""

    def __init__(self, ses_v2, spool):
        self._ses = ses_v2
        self._handle = ses_v2.handle_request
        self._spool = spool
        self._faults = []

    def install(self):
        """Puts this object in the place of the emulator's SES v2."""
        self._ses.handle_request = self.handle

    def fail_next(self, fault, count):
        """Makes the next count sends fail in one of the ways of FAULTS."""
        if fault not in FAULTS:
            raise ValueError(f"fault must be one of {', '.join(FAULTS)}")
        self._faults.extend([fault] * count)

    async def handle(self, method, path, headers, body, query):
        """Passes everything on but SendEmail, which it checks and keeps."""
        if method == "DELETE" and path.startswith(SUPPRESSION_PATH):
            return self._error("NotFoundException", "Email address does not exist on your suppression list.", 404)
        if method != "POST" or path.rstrip("/") != SEND_PATH:
            return await self._handle(method, path, headers, body, query)
        request = json.loads(body)
        fault = self._faults.pop(0) if self._faults else None
        refused = self._refuse(request, fault)
        if refused:
            return refused
        if fault == "delay":
            await asyncio.sleep(DELAY_SECONDS)
        status, answer_headers, answer = await self._handle(method, path, headers, body, query)
        if status != 200:
            return status, answer_headers, answer
        message_id = json.loads(answer)["MessageId"].split("@")[0]
        self._spool.keep(message_id, request, fault if fault in FATES else None)
        if fault == "lose":
            return self._error("InternalServiceErrorException", "The answer was lost.", 500)
        return self._ses.json_response({"MessageId": message_id})

    def _refuse(self, request, fault):
        if fault == "throttle":
            return self._error("TooManyRequestsException", "Maximum sending rate exceeded.", 429)
        if fault == "refuse":
            return self._error("MessageRejected", "Email address is not verified.", 400)
        reason = refusal(request)
        if reason:
            return self._error("BadRequestException", reason, 400)
        name = request.get("ConfigurationSetName")
        if name and name not in self._ses._config_sets:
            return self._error("NotFoundException", f"Configuration set <{name}> does not exist.", 404)
        return None

    def _error(self, code, message, status):
        return self._ses._json_err(code, message, status)


def install(ses_v2, clock, folder):
    """Wires the part; the answer is what ``control`` sets faults on."""
    sender = Sender(ses_v2, Spool(folder, clock))
    sender.install()
    return sender
