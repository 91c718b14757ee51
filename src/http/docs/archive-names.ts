/** What the fields of archives and of the audit chain are called in Chinese; part of `FIELD_NAMES`. */
export const ARCHIVE_NAMES: Record<string, string> = {
  bytes: '大小（字节）',
  sha256: '文件的 SHA-256 散列值',
  publicKey: '签名公钥（Ed25519，十六进制）',
  links: '审计链条数',
  madeOn: '制作日期',
  madeBy: '制作人编号',
  madeByName: '制作人',
  waiting: '尚未入链的条数',
};
