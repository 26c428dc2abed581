{
  "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
  "verificationMaterial": {
    "publicKey": {
      "hint": "94991fb104d1120b501c1d26725fd107b2a32f9df4bb1f601378e62c1dd556c5"
    }
  },
  "dsseEnvelope": {
    "payload": "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJzdWJqZWN0IjpbeyJuYW1lIjoibW9kZWwiLCJkaWdlc3QiOnsic2hhMjU2IjoiOTVmMTllZTgwN2NjYTNmOThjYjVlMmM5NjAxZTBjMGZmZmVkM2IzYjA1ZWEyOTRkNzA1NDlmM2E4ODI5ODQzYyJ9fV0sInByZWRpY2F0ZVR5cGUiOiJodHRwczovL21vZGVsX3NpZ25pbmcvc2lnbmF0dXJlL3YxLjAiLCJwcmVkaWNhdGUiOnsic2VyaWFsaXphdGlvbiI6eyJtZXRob2QiOiJmaWxlcyIsImhhc2hfdHlwZSI6InNoYTI1NiIsImFsbG93X3N5bWxpbmtzIjpmYWxzZSwiaWdub3JlX3BhdGhzIjpbIi4uL2Vsc2V3aGVyZS8uZ2l0IiwiL2Vsc2V3aGVyZS8uZ2l0aHViIiwibG9ncyJdfSwicmVzb3VyY2VzIjpbeyJuYW1lIjoiY29uZmlnLmpzb24iLCJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiI1ODdjYjk4MGFmNzZmZGM3ZTUyMzY5ZmQwYjlkOTI2ZGZmMjY2OTc2YjZmOGFjNjMxZTM1OGZlY2M0OWZmOGNmIn0seyJuYW1lIjoid2VpZ2h0cy1pbmRleCIsImFsZ29yaXRobSI6InNoYTI1NiIsImRpZ2VzdCI6ImNhMzQ1ODljNGQxMTQxNDM2OThjNzBhNGRkN2MwZjhhYjJjODIyYjNkMzdkZTlkMjNiZjAyNzMxMzVlNzk3OWMifSx7Im5hbWUiOiJ3ZWlnaHRzL2EuYmluIiwiYWxnb3JpdGhtIjoic2hhMjU2IiwiZGlnZXN0IjoiYjE4ZmVhNDM0YTNiMTYwZmIzZTg5M2M0M2NhYTg1OTEzYTY1ODZhODFjNTU5MDM4YmRkOTUxMjU3MTllOWEzNiJ9XX19",
    "payloadType": "application/vnd.in-toto+json",
    "signatures": [
      {
        "sig": "MEUCIQCcJ4EPhzcbkKhTY3if8HNEbmDGOAkAP+562Sw7mIPjogIgfQiC4+346UFvXhFf4gy0neuACdhXP4lr4VtmITweM7A="
      }
    ]
  }
}
