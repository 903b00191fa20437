"""S3 copies: the checksum that S3 computes on its way."""

import base64
import hashlib
import unittest

import boto3

from emulator.tests import harness


def checksum(emulator):
    """Copies an object and returns the checksum the answer says."""
    s3 = boto3.client("s3", endpoint_url=emulator.url, region_name="us-east-1",
                      aws_access_key_id="test", aws_secret_access_key="test")
    s3.create_bucket(Bucket="files")
    s3.put_object(Bucket="files", Key="incoming/a", Body=b"hola")
    answer = s3.copy_object(Bucket="files", Key="files/a", CopySource="files/incoming/a", ChecksumAlgorithm="SHA256")
    return answer["CopyObjectResult"].get("ChecksumSHA256")


class Copies(unittest.TestCase):
    """What a copy answers."""

    def test_a_copy_says_its_checksum(self):
        emulator = harness.Emulator()
        self.addCleanup(emulator.close)
        self.assertEqual(checksum(emulator), base64.b64encode(hashlib.sha256(b"hola").digest()).decode())

    def test_the_bare_emulator_still_needs_this(self):
        emulator = harness.Emulator(bare=True)
        self.addCleanup(emulator.close)
        self.assertIsNone(checksum(emulator))


if __name__ == "__main__":
    unittest.main()
