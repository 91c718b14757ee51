/** 角色. One table for the API and, later, the pages. */
export const ROLES = {
  bank: '合作银行',
  enterprise: '企业',
  countyReviewer: '合作单位审核员',
  regionalReviewer: '自治区审核员',
  finance: '财务',
  auditor: '审计',
  operator: '系统管理员',
  guarantor: '担保和保险机构',
} as const;

export type Role = keyof typeof ROLES;

/** Every permission, what it lets one do, and who has it. Reads follow scope (whose rows) on top of this. */
export const PERMISSIONS = {
  'enterprise.read': {
    label: '查看企业',
    roles: ['bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'],
  },
  'enterprise.write': { label: '维护企业与资质', roles: ['regionalReviewer', 'operator'] },
  'personal.reveal': { label: '查看个人信息原文', roles: ['countyReviewer', 'regionalReviewer', 'finance'] },
  'institution.read': {
    label: '查看机构',
    roles: ['bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator', 'guarantor'],
  },
  'institution.write': { label: '维护机构', roles: ['operator'] },
  'pool.read': {
    label: '查看资金池',
    roles: ['bank', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator', 'guarantor'],
  },
  'pool.create': { label: '设立资金池', roles: ['operator'] },
  'contribution.record': { label: '登记出资到账', roles: ['finance'] },
  'filing.create': { label: '报送备案', roles: ['bank'] },
  'filing.read': {
    label: '查看备案',
    roles: ['bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'],
  },
  'filing.decide': { label: '审核备案', roles: ['countyReviewer', 'regionalReviewer'] },
  'loan.read': {
    label: '查看贷款',
    roles: ['bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'],
  },
  'loan.report': { label: '报送放款、还款、展期与月报', roles: ['bank'] },
  'claim.read': {
    label: '查看补偿申请',
    roles: ['bank', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'],
  },
  'claim.create': { label: '申请风险补偿', roles: ['bank'] },
  'claim.verify': { label: '审核补偿申请', roles: ['countyReviewer'] },
  'claim.review': { label: '退回或不予补偿', roles: ['countyReviewer', 'regionalReviewer'] },
  'claim.approve': { label: '审批补偿申请', roles: ['regionalReviewer'] },
  'claim.pay': { label: '拨付补偿资金', roles: ['finance'] },
  'claim.simulate': {
    label: '测算风险分担',
    roles: ['bank', 'countyReviewer', 'regionalReviewer', 'finance', 'operator'],
  },
  'recovery.record': { label: '登记追偿回款', roles: ['finance'] },
  'recovery.reverse': { label: '复核冲销追偿回款', roles: ['finance'] },
  'writeOff.propose': { label: '提出核销或退回补偿', roles: ['regionalReviewer', 'finance'] },
  'writeOff.decide': { label: '复核核销或退回补偿', roles: ['regionalReviewer', 'finance'] },
  'payout.make': { label: '拨付应付各方款项', roles: ['finance'] },
  'settlement.read': {
    label: '查看结算',
    roles: ['bank', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator', 'guarantor'],
  },
  'settlement.run': { label: '办理结算', roles: ['finance'] },
  'ledger.read': { label: '查看总账', roles: ['countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'] },
  'ledger.reverse': { label: '复核红字冲销', roles: ['finance'] },
  'document.read': {
    label: '查看单据',
    roles: ['bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator', 'guarantor'],
  },
  'attachment.write': { label: '上传与撤回附件', roles: ['bank', 'enterprise'] },
  'attachment.read': {
    label: '查看附件',
    roles: ['bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor'],
  },
  'policy.read': {
    label: '查看政策条款',
    roles: ['bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator', 'guarantor'],
  },
  'policy.propose': { label: '提出条款新版本', roles: ['operator', 'regionalReviewer'] },
  'policy.approve': { label: '复核条款新版本', roles: ['operator', 'regionalReviewer'] },
  'calendar.write': { label: '维护节假日与 LPR', roles: ['operator'] },
  'key.manage': { label: '管理 API 密钥', roles: ['operator'] },
  'key.own': { label: '签发自己的密钥', roles: ['countyReviewer', 'regionalReviewer', 'finance', 'operator'] },
  'user.manage': { label: '管理用户', roles: ['operator'] },
  'invitation.accept': { label: '接受邀请', roles: [] },
  'registration.submit': { label: '注册企业用户', roles: [] },
  'registration.decide': { label: '审核企业注册', roles: ['countyReviewer', 'regionalReviewer'] },
  'binding.create': { label: '发放企业绑定码', roles: ['countyReviewer', 'regionalReviewer'] },
  'binding.use': { label: '绑定企业', roles: ['enterprise'] },
  'job.read': {
    label: '查看任务进度',
    roles: ['bank', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'],
  },
  'home.read': {
    label: '查看首页',
    roles: ['bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator', 'guarantor'],
  },
  'policy.preview': { label: '预演条款新版本', roles: ['operator', 'regionalReviewer'] },
  'job.manage': { label: '管理后台任务', roles: ['operator'] },
  'audit.read': { label: '查看审计日志', roles: ['auditor', 'operator'] },
  'archive.make': { label: '制作审计档案', roles: ['auditor', 'finance'] },
  'archive.read': { label: '查看审计档案', roles: ['auditor', 'finance'] },
  'import.correct': { label: '更正报送的文件', roles: ['bank', 'regionalReviewer', 'operator'] },
  'list.export': {
    label: '导出列表',
    roles: ['bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator', 'guarantor'],
  },
  'draft.own': {
    label: '保存自己的草稿',
    roles: ['bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator', 'guarantor'],
  },
  'demonstration.move': {
    label: '推进演示的业务日期',
    roles: ['bank', 'countyReviewer', 'regionalReviewer', 'finance', 'operator'],
  },
  'suspension.read': {
    label: '查看熔断与暂停',
    roles: ['bank', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator', 'guarantor'],
  },
  'suspension.propose': { label: '提出解除暂停', roles: ['countyReviewer', 'regionalReviewer'] },
  'suspension.decide': { label: '决定解除暂停', roles: ['regionalReviewer'] },
  'guarantee.read': {
    label: '查看担保',
    roles: ['bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator', 'guarantor'],
  },
  'guarantee.record': { label: '登记担保', roles: ['bank'] },
  'guarantee.payout': { label: '登记代偿', roles: ['guarantor'] },
  'capital.propose': { label: '提出退回出资与终止', roles: ['finance'] },
  'capital.decide': { label: '复核退回出资与终止', roles: ['finance', 'regionalReviewer'] },
  'revocation.propose': { label: '提出撤销备案', roles: ['countyReviewer', 'regionalReviewer'] },
  'revocation.decide': { label: '决定撤销备案', roles: ['regionalReviewer'] },
  'bankStatement.read': {
    label: '查看银行对账单',
    roles: ['countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'],
  },
  'bankStatement.import': { label: '导入银行对账单', roles: ['finance'] },
  'statementProfile.add': { label: '添加、删除对账单格式', roles: ['finance', 'operator'] },
  'reconciliation.read': {
    label: '查看银行对账',
    roles: ['countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'],
  },
  'reconciliation.run': { label: '办理银行对账', roles: ['finance'] },
  'reconciliation.confirm': { label: '确认银行对账', roles: ['finance'] },
  'difference.resolve': { label: '处理对账差异', roles: ['finance'] },
  'difference.decide': { label: '复核对账差异的处理', roles: ['finance'] },
  'closing.read': {
    label: '查看结账',
    roles: ['countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'],
  },
  'closing.propose': { label: '提出结账', roles: ['finance'] },
  'closing.decide': { label: '复核结账', roles: ['finance'] },
  'subsidy.read': {
    label: '查看补贴申请',
    roles: ['enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'],
  },
  'subsidy.apply': { label: '申请补贴', roles: ['enterprise'] },
  'subsidy.import': { label: '导入补贴申请', roles: ['regionalReviewer', 'operator'] },
  'subsidy.recommend': { label: '审核推荐补贴申请', roles: ['countyReviewer', 'regionalReviewer'] },
  'subsidy.confirm': { label: '核实补贴申请人', roles: ['countyReviewer', 'regionalReviewer'] },
  'subsidy.return': { label: '退回补贴申请', roles: ['countyReviewer', 'regionalReviewer'] },
  'subsidy.review': { label: '形式审查或不予补贴', roles: ['regionalReviewer'] },
  'subsidy.audit': { label: '登记补贴审计意见', roles: ['finance'] },
  'subsidy.decide': { label: '核定补贴', roles: ['regionalReviewer'] },
  'subsidy.publish': { label: '公示补贴、登记异议', roles: ['regionalReviewer'] },
  'subsidy.allocate': { label: '分配补贴预算', roles: ['finance'] },
  'subsidy.approve': { label: '批准补贴', roles: ['regionalReviewer'] },
  'subsidy.pay': { label: '下达和拨付补贴', roles: ['finance'] },
  'subsidy.correct': { label: '更正已批准的补贴', roles: ['finance'] },
  'objection.reveal': { label: '查看异议人身份原文', roles: ['regionalReviewer', 'finance'] },
  'objection.read': { label: '查看补贴异议', roles: ['regionalReviewer', 'finance', 'auditor', 'operator'] },
  'clawback.propose': { label: '提出追回补贴或撤销', roles: ['finance'] },
  'clawback.decide': { label: '复核追回补贴或撤销', roles: ['finance'] },
  'clawback.record': { label: '登记追回资金到账与缴回', roles: ['finance'] },
  'subsidy.payees': { label: '下载补贴支付清单', roles: ['regionalReviewer', 'finance', 'auditor'] },
  'subsidy.summarise': { label: '出具补贴年度汇总表', roles: ['regionalReviewer', 'finance'] },
  'budget.read': {
    label: '查看补贴预算',
    roles: ['countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'],
  },
  'budget.write': { label: '登记补贴预算、提出调整', roles: ['finance'] },
  'budget.decide': { label: '复核补贴预算调整', roles: ['finance'] },
  'system.run': { label: '系统任务', roles: [] },
} as const satisfies Record<string, { label: string; roles: readonly Role[] }>;

export type Permission = keyof typeof PERMISSIONS;

/** What is open to people who have no login yet: only how they get one. */
export const VISITOR_MAY: readonly Permission[] = ['invitation.accept', 'registration.submit'];

/** What takes two people: never done by a key that is nobody's. */
export const BY_A_PERSON: readonly Permission[] = ['policy.propose', 'policy.approve', 'key.own'];

/** Who approves or operates logs in with a second factor, and a key of theirs is a person's own. */
export const SECOND_FACTOR_ROLES: readonly Role[] = ['countyReviewer', 'regionalReviewer', 'finance', 'operator'];

/** Kinds of institutions whose people hold the role of a guarantor. */
export const GUARANTOR_KINDS: readonly string[] = ['guarantor', 'reguarantor', 'insurer'];
