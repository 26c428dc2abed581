{
  "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
  "verificationMaterial": {
    "publicKey": {
      "hint": "94991fb104d1120b501c1d26725fd107b2a32f9df4bb1f601378e62c1dd556c5"
    }
  },
  "dsseEnvelope": {
    "payload": "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJzdWJqZWN0IjpbeyJuYW1lIjoibW9kZWwuYmluIiwiZGlnZXN0Ijp7InNoYTI1NiI6Ijk2MTAzZWQ5MGUxYTdhNTg1NzVhZjk5OWQyYzU3ZWRiNjQ1ZDBlZTdlZTZmYjY0MDNlMzE5ZDUyODU4NmJhOWEifX1dLCJwcmVkaWNhdGVUeXBlIjoiaHR0cHM6Ly9tb2RlbF9zaWduaW5nL3NpZ25hdHVyZS92MS4wIiwicHJlZGljYXRlIjp7InNlcmlhbGl6YXRpb24iOnsibWV0aG9kIjoiZmlsZXMiLCJoYXNoX3R5cGUiOiJzaGEyNTYiLCJhbGxvd19zeW1saW5rcyI6ZmFsc2V9LCJyZXNvdXJjZXMiOlt7Im5hbWUiOiJtb2RlbC5iaW4iLCJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiIxNWQ0NDIwMDhmYzMwYmVlMWQyOGE4MWQyZDkyNmYxNzAwNWZlNDI4ZTQ2NWMyMDYyNjI3MzY2YmYyYTY4MDE5In1dfX0=",
    "payloadType": "application/vnd.in-toto+json",
    "signatures": [
      {
        "sig": "MEYCIQCH6j/zCyDJfXf7SR9efhZoYpJj6+wJQixM91pk+JVfEwIhAKUiVNRnrVCeTLENBr/V99GkCvDWCX0WaF097ndovQyV"
      }
    ]
  }
}
