"""SendEmail: what is refused, what is spooled, and the faults tests can ask for."""

import json
import unittest

from botocore.exceptions import ClientError

from emulator.mail import refusal
from emulator.tests.harness import Emulator

SIMPLE = {
    "FromEmailAddress": "Mesa <mesa@desk.example>",
    "Destination": {"ToAddresses": ["persona@qw.example"]},
    "ReplyToAddresses": ["reply+abc@desk.example"],
    "EmailTags": [{"Name": "item", "Value": "01J-1-1"}],
    "Content": {"Simple": {
        "Subject": {"Data": "Su pedido"}, "Body": {"Text": {"Data": "Hola"}},
        "Headers": [{"Name": "References", "Value": "<root@desk.example>"}],
        "Attachments": [{"FileName": "a.txt", "RawContent": b"hola"}]}}}


def changed(**parts):
    """SIMPLE with some keys changed; Headers go to their place."""
    request = json.loads(json.dumps(SIMPLE, default=lambda raw: raw.decode()))
    if "Headers" in parts:
        request["Content"]["Simple"]["Headers"] = parts.pop("Headers")
    return request | parts


class Refusals(unittest.TestCase):
    """What AWS answers BadRequestException to."""

    def test_table(self):
        for name, request, want in [
                ("a whole message passes", changed(), None),
                ("tag with a dot", changed(EmailTags=[{"Name": "a.b", "Value": "c"}]), "Invalid tag"),
                ("empty tag value", changed(EmailTags=[{"Name": "a", "Value": ""}]), "Invalid tag"),
                ("own Message-ID", changed(Headers=[{"Name": "Message-ID", "Value": "x"}]), "not allowed"),
                ("header twice", changed(Headers=[{"Name": "X-A", "Value": "1"}, {"Name": "x-a", "Value": "2"}]),
                 "more than once"),
                ("unencoded Spanish", changed(Headers=[{"Name": "X-A", "Value": "atención"}]), "Invalid value"),
                ("header too long", changed(Headers=[{"Name": "X-A", "Value": "x" * 994}]), "Invalid value"),
                ("51 recipients", changed(Destination={"ToAddresses": ["a@b.example"] * 51}), "exceeds 50"),
                ("accented address", changed(Destination={"ToAddresses": ["josé@b.example"]}), "non-ASCII")]:
            with self.subTest(name):
                got = refusal(request)
                if want is None:
                    self.assertIsNone(got)
                else:
                    self.assertIn(want, got)


class Sends(unittest.TestCase):
    """Sends through the running wrapper."""

    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator()
        cls.addClassCleanup(cls.emulator.close)
        cls.emulator.sesv2.create_email_identity(EmailIdentity="desk.example")

    def spooled(self):
        return [json.loads(p.read_text()) for p in sorted(self.emulator.spool.glob("[0-9]*.json"))]

    def test_accepted_message_is_spooled_whole_under_its_bare_id(self):
        message_id = self.emulator.sesv2.send_email(**SIMPLE)["MessageId"]
        self.assertNotIn("@", message_id)
        record = self.spooled()[-1]
        self.assertEqual(record["messageId"], message_id)
        simple = record["request"]["Content"]["Simple"]
        self.assertEqual(simple["Headers"], SIMPLE["Content"]["Simple"]["Headers"])
        self.assertEqual(simple["Attachments"][0]["RawContent"], "aG9sYQ==")
        self.assertEqual(record["request"]["ReplyToAddresses"], SIMPLE["ReplyToAddresses"])
        self.assertEqual(record["request"]["EmailTags"], SIMPLE["EmailTags"])

    def test_raw_message_is_spooled_whole(self):
        raw = b"From: mesa@desk.example\r\nTo: a@qw.example\r\nX-Own: 1\r\n\r\nHola"
        self.emulator.sesv2.send_email(
            FromEmailAddress="mesa@desk.example", Destination={"ToAddresses": ["a@qw.example"]},
            Content={"Raw": {"Data": raw}})
        self.assertIn("Data", self.spooled()[-1]["request"]["Content"]["Raw"])

    def test_unverified_sender_and_unknown_set_leave_no_file(self):
        before = len(self.spooled())
        for parts, code in (({"FromEmailAddress": "x@other.example"}, "MessageRejected"),
                            ({"ConfigurationSetName": "none"}, "NotFoundException")):
            with self.assertRaises(ClientError) as caught:
                self.emulator.sesv2.send_email(**(SIMPLE | parts))
            self.assertEqual(caught.exception.response["Error"]["Code"], code)
        self.assertEqual(len(self.spooled()), before)

    def test_faults_come_once_each(self):
        for fault, code, kept in (("throttle", "TooManyRequestsException", 0), ("refuse", "MessageRejected", 0),
                                  ("lose", "InternalServiceErrorException", 1)):
            with self.subTest(fault):
                before = len(self.spooled())
                self.emulator.local(f"mail-faults/{fault}/1")
                with self.assertRaises(ClientError) as caught:
                    self.emulator.sesv2.send_email(**SIMPLE)
                self.assertEqual(caught.exception.response["Error"]["Code"], code)
                self.assertEqual(len(self.spooled()) - before, kept)
        self.emulator.sesv2.send_email(**SIMPLE)

    def test_fate_is_kept_with_the_message(self):
        for fate in ("bounce", "complain"):
            self.emulator.local(f"mail-faults/{fate}/1")
            self.emulator.sesv2.send_email(**SIMPLE)
            self.assertEqual(self.spooled()[-1]["fate"], fate)
            self.emulator.sesv2.send_email(**SIMPLE)
            self.assertNotIn("fate", self.spooled()[-1])

    def test_suppression_list_is_empty(self):
        with self.assertRaises(ClientError) as caught:
            self.emulator.sesv2.delete_suppressed_destination(EmailAddress="persona@qw.example")
        self.assertEqual(caught.exception.response["Error"]["Code"], "NotFoundException")


class BareMail(unittest.TestCase):
    """Fails when a newer emulator needs no ``mail`` any more: then look again at the part."""

    def test_bare_emulator_takes_bad_tags_and_gives_a_long_id(self):
        emulator = Emulator(bare=True)
        self.addCleanup(emulator.close)
        emulator.sesv2.create_email_identity(EmailIdentity="desk.example")
        request = SIMPLE | {"EmailTags": [{"Name": "a.b", "Value": "c d"}]}
        self.assertIn("@", emulator.sesv2.send_email(**request)["MessageId"])

    def test_bare_emulator_knows_no_suppressed_destination(self):
        emulator = Emulator(bare=True)
        self.addCleanup(emulator.close)
        with self.assertRaises(ClientError) as caught:
            emulator.sesv2.delete_suppressed_destination(EmailAddress="persona@qw.example")
        self.assertNotIn("suppression list", str(caught.exception))
