{
  "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
  "verificationMaterial": {
    "publicKey": {
      "hint": "94991fb104d1120b501c1d26725fd107b2a32f9df4bb1f601378e62c1dd556c5"
    }
  },
  "dsseEnvelope": {
    "payload": "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJzdWJqZWN0IjpbeyJuYW1lIjoibW9kZWwiLCJkaWdlc3QiOnsic2hhMjU2IjoiOTVmMTllZTgwN2NjYTNmOThjYjVlMmM5NjAxZTBjMGZmZmVkM2IzYjA1ZWEyOTRkNzA1NDlmM2E4ODI5ODQzYyJ9fV0sInByZWRpY2F0ZVR5cGUiOiJodHRwczovL21vZGVsX3NpZ25pbmcvc2lnbmF0dXJlL3YxLjAiLCJwcmVkaWNhdGUiOnsic2VyaWFsaXphdGlvbiI6eyJtZXRob2QiOiJmaWxlcyIsImhhc2hfdHlwZSI6InNoYTI1NiIsImFsbG93X3N5bWxpbmtzIjpmYWxzZX0sInJlc291cmNlcyI6W3sibmFtZSI6ImNvbmZpZy5qc29uIiwiYWxnb3JpdGhtIjoic2hhMjU2IiwiZGlnZXN0IjoiNTg3Y2I5ODBhZjc2ZmRjN2U1MjM2OWZkMGI5ZDkyNmRmZjI2Njk3NmI2ZjhhYzYzMWUzNThmZWNjNDlmZjhjZiJ9LHsibmFtZSI6IndlaWdodHMtaW5kZXgiLCJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiJjYTM0NTg5YzRkMTE0MTQzNjk4YzcwYTRkZDdjMGY4YWIyYzgyMmIzZDM3ZGU5ZDIzYmYwMjczMTM1ZTc5NzljIn0seyJuYW1lIjoid2VpZ2h0cy9hLmJpbiIsImFsZ29yaXRobSI6InNoYTI1NiIsImRpZ2VzdCI6ImIxOGZlYTQzNGEzYjE2MGZiM2U4OTNjNDNjYWE4NTkxM2E2NTg2YTgxYzU1OTAzOGJkZDk1MTI1NzE5ZTlhMzYifV19fQ==",
    "payloadType": "application/vnd.in-toto+json",
    "signatures": [
      {
        "sig": "MEUCIEUACVuf7EhQWHUQOaM47ARn6mAAyB+Zpfa5E4kmx8EfAiEAlAQzUFaC2DIJsxTNw/hEY+OAKD/RLYlCkx5d0ycHLGY="
      }
    ]
  }
}
