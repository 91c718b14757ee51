#!/usr/bin/env bash
# 宁科贷接口签名示例（bash + curl + openssl）。
#   export NKD_URL=https://nkd.example.gov.cn NKD_KEY=nkd_…
#   bash nkd.sh GET  /api/v1/loan-filings?limit=5
#   bash nkd.sh POST /api/v1/loan-filings filing.json
#   bash nkd.sh upload loanFilings yinchuan all filings.csv
# 重发同一请求时带上相同的 IDEMPOTENCY_KEY 环境变量。出错时退出码为 1，答复照样输出。
# 签名用的值会短暂出现在本机进程列表里；多人共用的机器请改用其他语言的示例。
set -euo pipefail

body=$(mktemp)
answer=$(mktemp)
trap 'rm -f "$body" "$answer"' EXIT
type=application/json

if [ "$1" = upload ]; then
  method=POST path=/api/v1/imports
  boundary=nkd$(openssl rand -hex 16)
  type="multipart/form-data; boundary=$boundary"
  field() { printf -- '--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' "$boundary" "$1" "$2"; }
  {
    field kind "$2"
    field poolCode "$3"
    field mode "$4"
    printf -- '--%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n' "$boundary" "$(basename "$5")"
    printf 'Content-Type: application/octet-stream\r\n\r\n'
    cat "$5"
    printf -- '\r\n--%s--\r\n' "$boundary"
  } >"$body"
else
  method=$1 path=$2
  if [ $# -ge 3 ]; then cat "$3" >"$body"; fi
fi

IFS=_ read -r _ key_id secret <<<"$NKD_KEY"
hmac_key=$(printf %s "$secret" | openssl dgst -sha256 -r | cut -c1-64)
time=$(date -u +%Y-%m-%dT%H:%M:%SZ)
nonce=$(openssl rand -hex 16)
body_hash=$(openssl dgst -sha256 -r "$body" | cut -c1-64)
signature=$(printf '%s\n%s\n%s\n%s\n%s' "$method" "$path" "$time" "$nonce" "$body_hash" |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$hmac_key" -r | cut -c1-64)

headers=(-H "Authorization: NKD-HMAC-SHA256 KeyId=$key_id,Time=$time,Nonce=$nonce,Signature=$signature")
if [ -s "$body" ]; then headers+=(-H "Content-Type: $type" --data-binary "@$body"); fi
if [ -n "${IDEMPOTENCY_KEY:-}" ]; then headers+=(-H "Idempotency-Key: $IDEMPOTENCY_KEY"); fi
status=$(curl -sS -g --path-as-is -X "$method" "${headers[@]}" -o "$answer" -w '%{http_code}' "$NKD_URL$path")
cat "$answer"
[ "$status" -lt 400 ]
