import { Form } from 'antd';
import { useState } from 'react';
import { atFields } from '../../parts/at-fields.ts';
import type { useDraft } from '../../parts/useDraft.ts';
import type { Given } from './types.ts';

/** The form of a claim: what is typed, kept as a draft; checked as a whole before it is sent. */
export function useClaimForm(start: Given, draft: ReturnType<typeof useDraft<Given>>) {
  const [form] = Form.useForm<Given>();
  const [values, setValues] = useState(start);
  const [changed, setChanged] = useState(draft.found);
  return {
    ...{ form, values, changed },
    onChange(all: Given) {
      setValues(all);
      setChanged(true);
      draft.save(all);
    },
    /** What was typed, or null where something is wrong, which then comes into view. */
    async checked(): Promise<Given | null> {
      try {
        return await form.validateFields();
      } catch {
        const wrong = form.getFieldsError().find(({ errors }) => errors.length > 0);
        if (wrong) form.scrollToField(wrong.name, { block: 'center', focus: true });
        return null;
      }
    },
    async sent() {
      setChanged(false);
      await draft.discard();
    },
    refused: (error: unknown) => form.setFields(atFields<Given>(error) as never),
  };
}

export type ClaimFormState = ReturnType<typeof useClaimForm>;
