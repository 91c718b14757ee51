/** What the fields of an application are called that its judges see beside it; part of `SUBSIDY_NAMES`. */
export const SUBSIDY_APPLICATION_NAMES: Record<string, string> = {
  facts: '填报内容与核对结果',
  stated: '填报内容',
  checked: '核对结果',
  byContract: '按合同计算的利息（元）',
  byBalances: '按贷款余额逐日计算的利息（元）',
  computed: '应付利息（元），有余额的按余额，否则按合同',
  answered: '无须上传的原因',
  pledge: '诚信承诺书',
  acceptedBy: '承诺人',
  acceptedOn: '承诺日期',
  nextStep: '下一步',
  whose: '由谁办理',
  findings: '核实情况',
  holds: '是否属实',
};
