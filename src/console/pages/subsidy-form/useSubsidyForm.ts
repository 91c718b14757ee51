import { Form } from 'antd';
import { useState } from 'react';
import { atFields } from '../../parts/at-fields.ts';
import type { useDraft } from '../../parts/useDraft.ts';
import type { Given } from './types.ts';

/** The form of an application: what is typed, kept as a draft; checked as a whole before it is sent; `at` tells where a fault is, to bring it into view. */
export function useSubsidyForm(start: Given, draft: ReturnType<typeof useDraft<Given>>) {
  const [form] = Form.useForm<Given>();
  const [values, setValues] = useState(start);
  const [changed, setChanged] = useState(draft.found);
  const onChange = () => {
    const all = form.getFieldsValue(true) as Given;
    setValues(all);
    setChanged(true);
    draft.save(all);
  };
  const show = () => {
    const wrong = form.getFieldsError().find(({ errors }) => errors.length > 0);
    if (wrong) form.scrollToField(wrong.name, { block: 'center', focus: true });
    return wrong?.name as (string | number)[] | undefined;
  };
  return {
    ...{ form, values, changed, onChange, show },
    /** The first field that is wrong, or null where all is well. */
    async fault(): Promise<(string | number)[] | null> {
      try {
        await form.validateFields();
        return null;
      } catch {
        return (form.getFieldsError().find(({ errors }) => errors.length > 0)?.name as (string | number)[]) ?? null;
      }
    },
    async sent() {
      setChanged(false);
      await draft.discard();
    },
    /** Puts the server's faults at their fields; a fault within a voucher stands at the vouchers of its line. */
    refused(error: unknown): (string | number)[] | undefined {
      const fields = atFields<Given>(error).map(({ name, errors }) => {
        const path = name as unknown as (string | number)[];
        const at = path.indexOf('vouchers');
        if (at < 0 || path.length === at + 1) return { name: path, errors };
        return { name: path.slice(0, at + 1), errors: [`第 ${Number(path[at + 1]) + 1} 行：${errors[0]}`] };
      });
      form.setFields(fields as never);
      return fields[0]?.name;
    },
  };
}

export type SubsidyFormState = ReturnType<typeof useSubsidyForm>;
