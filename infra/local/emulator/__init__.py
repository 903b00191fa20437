"""A thin wrapper that makes ministack behave as AWS does where this desk needs it.

ministack 1.5.33 plays DynamoDB, Lambda, Step Functions, S3, SNS, SQS, SES and
Cognito in one process, without Docker. Where it differs from AWS in something
the desk relies on, one module here replaces the few functions concerned and
nothing else:

- ``waits``   task tokens: computed time-outs on the business clock, failing
  openers, a new token per attempt, one answer per token
- ``streams`` DynamoDB stream batches: partial answers, retries, bisecting, and
  records that survive a restart
- ``functions`` one log of all invocations, and no pause after each
- ``mail``    SES v2: refuses what AWS refuses and spools what it accepts
- ``saving``  state on disk every few seconds, not only at the end
- ``ending``  an end that loses nothing answered and does not wait for invocations
- ``signin``  the sign-in page in Spanish, with the practice accounts
- ``copies``  S3 copies that say the SHA-256 of what they copied
- ``usage``   which role used which permission
- ``control`` the few paths under /_local that tests and ``infra/local`` call

``tests/`` proves each part against the running wrapper, and proves beside it
that the bare emulator still needs the part: when such a test fails after an
upgrade, delete the part.
"""
