import { Alert, App, Button, Form } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask, Problem } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import type { useDraft } from '../../parts/useDraft.ts';
import { CheckStep, lackingOf } from './CheckStep.tsx';
import { FactsStep } from './FactsStep.tsx';
import { LinesStep } from './LinesStep.tsx';
import { PapersStep } from './PapersStep.tsx';
import { requestOf } from './request.ts';
import { StepsNav } from './StepsNav.tsx';
import { type Given, type Offer, STEPS, type Step } from './types.ts';
import { useEstimate } from './useEstimate.ts';
import { useSubsidyForm } from './useSubsidyForm.ts';
import '../filings/filings.css';
import './subsidy-form.css';

interface Props {
  offer: Offer;
  start: Given;
  draft: ReturnType<typeof useDraft<Given>>;
  /** once it is kept; before that its papers cannot be handed in */
  application?: Application;
}

/** The guided form: facts and account, costs, papers, self-check and promise. What is typed is kept at each pause, what is whole becomes the draft application. */
export function SubsidyForm({ offer, start, draft, application }: Props) {
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const [search, setSearch] = useSearchParams();
  const state = useSubsidyForm(start, draft);
  const { form, values, changed } = state;
  const estimate = useEstimate(offer.scheme, values, application);
  const [openLine, setOpenLine] = useState<number>();
  const at = stepOf(search.get('step'), application !== undefined);
  const show = (step: Step, line?: number) => {
    setOpenLine(line);
    setSearch((before) => ({ ...Object.fromEntries(before), step }), { replace: false });
    window.scrollTo({ top: 0 });
  };
  /** Goes to where a fault is; its field comes into view once it is shown. */
  const showFault = (name: (string | number)[]) => {
    const line = name[0] === 'lines';
    show(line ? 'lines' : name[0] === 'pledged' ? 'check' : 'facts', line ? (name[1] as number) : undefined);
    setTimeout(() => form.scrollToField(name, { block: 'center', focus: true }));
  };
  const save = useAct(
    () => {
      const json = requestOf(offer.scheme, form.getFieldsValue(true) as Given);
      const param = { id: application?.id ?? '' };
      return application
        ? ask(api['subsidy-applications'][':id'].$put({ param, json }))
        : ask(api['subsidy-applications'].$post({ json }));
    },
    { refresh: ['subsidy-applications', 'home'] },
  );
  const submit = useAct((id: string) => ask(api['subsidy-applications'][':id'].submit.$post({ param: { id } })), {
    done: '已提交',
    refresh: ['subsidy-applications', 'home'],
  });
  const refused = (error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    const field = state.refused(error);
    if (field && field.length > 0 && ['lines', 'payee', 'pledged'].includes(`${field[0]}`)) showFault(field);
  };
  /** Keeps what was typed as the draft application; false where something is wrong, which is then in view. */
  const keep = async (): Promise<string | false> => {
    const fault = await state.fault();
    if (fault) {
      showFault(fault);
      return false;
    }
    if (application && !changed) return application.id;
    if ((values.lines ?? []).length === 0) {
      show('lines');
      return false;
    }
    try {
      const { id } = await save.mutateAsync(undefined);
      await state.sent();
      return id;
    } catch (error) {
      refused(error);
      return false;
    }
  };
  const go = async (step: Step, line?: number) => {
    if (step === 'scheme') return navigate('/my/subsidies/new');
    if (step === 'facts' || step === 'lines') return show(step, line);
    const id = await keep();
    if (!id) return;
    if (application) show(step);
    else navigate(`/my/subsidies/${id}/edit?step=${step}`, { replace: true });
  };
  const onSubmit = async () => {
    const id = await keep();
    if (!id) return;
    const lacking = estimate.judged ? lackingOf(estimate.judged) : [];
    if (lacking.length > 0) {
      message.warning(`还缺 ${lacking.length} 项，补齐后才能提交`);
      return document.getElementById('missing')?.focus();
    }
    if (!values.pledged) {
      message.warning('提交前请阅读并同意诚信承诺书');
      await form.validateFields(['pledged']);
      return form.scrollToField('pledged', { block: 'center', focus: true });
    }
    modal.confirm({
      title: '提交这项补贴申请？',
      content: `按规定最多可得 ${formatYuan(money(estimate.judged?.amount ?? '0.00'))} 元。提交后由所在县（市、区）科技部门审核推荐，不能再修改；核定以前可以撤回。`,
      okText: '提交',
      onOk: () =>
        submit
          .mutateAsync(id)
          .then(() => navigate(`/my/subsidies/${id}`))
          .catch(refused),
    });
  };
  const next = STEPS[STEPS.indexOf(at) + 1];
  const previous = STEPS[STEPS.indexOf(at) - 1];
  return (
    <div className="subsidy-form filing-form">
      <StepsNav at={at} reach={application ? STEPS.slice(1) : STEPS} onGo={(step) => void go(step)} />
      {draft.found && <Alert type="info" showIcon closable title="已恢复上次填写的内容" />}
      <ProblemAlert error={submit.error ?? save.error} />
      <Form<Given>
        form={form}
        layout="vertical"
        validateTrigger="onBlur"
        initialValues={start}
        onValuesChange={state.onChange}
        scrollToFirstError
      >
        <div hidden={at !== 'facts'}>
          <FactsStep offer={offer} checks={estimate.judged?.checks ?? offer.checks} />
        </div>
        <div hidden={at !== 'lines'}>
          <LinesStep offer={offer} values={values} estimate={estimate} open={openLine} onChange={state.onChange} />
        </div>
        {at === 'papers' && application && <PapersStep application={application} />}
        {at === 'check' && <CheckStep estimate={estimate} onGo={(step, line) => void go(step, line)} />}
      </Form>
      <div className="form-foot no-print">
        {previous && previous !== 'scheme' && <Button onClick={() => void go(previous)}>上一步</Button>}
        {next && (
          <Button type="primary" loading={save.isPending} onClick={() => void go(next)}>
            {application || next === 'lines' ? '下一步' : '保存，下一步'}
          </Button>
        )}
        {at === 'check' && (
          <Button type="primary" loading={save.isPending || submit.isPending} onClick={() => void onSubmit()}>
            提交申请
          </Button>
        )}
        <span role="status">
          {estimate.judged ? (
            <>
              可得 <Money value={estimate.judged.amount} withUnit />
            </>
          ) : (
            '内容随填随存'
          )}
        </span>
      </div>
    </div>
  );
}

/** Papers and the self-check are there once the application is kept. */
function stepOf(text: string | null, kept: boolean): Step {
  const step = STEPS.find((one) => one === text && one !== 'scheme') ?? 'facts';
  return !kept && (step === 'papers' || step === 'check') ? 'lines' : step;
}
