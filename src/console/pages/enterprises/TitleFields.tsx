import { Button, DatePicker, Form, Input, Select } from 'antd';
import { TITLE_OPTIONS } from './types.ts';

const REQUIRED = { required: true, message: '请填写' };

/** 资质 in a form: one line each. A title stays on record once it is there; one that was revoked ends on the day it was. */
export function TitleFields() {
  return (
    <Form.List name="titles">
      {(fields, { add, remove }) => (
        <fieldset className="lines">
          <legend>资质</legend>
          <p className="hint-line">
            同一证书编号再次保存为更新。已登记的资质不删除；被撤销的，请把有效期止改为撤销前一日。
          </p>
          {fields.map(({ key, name }) => (
            <div key={key} className="line">
              <Form.Item name={[name, 'kind']} label="资质" rules={[REQUIRED]}>
                <Select options={TITLE_OPTIONS} style={{ minWidth: 180 }} />
              </Form.Item>
              <Form.Item name={[name, 'certificateNo']} label="证书编号" rules={[REQUIRED]}>
                <Input maxLength={64} />
              </Form.Item>
              <Form.Item name={[name, 'valid']} label="有效期" rules={[REQUIRED]}>
                <DatePicker.RangePicker />
              </Form.Item>
              <Button size="small" onClick={() => remove(name)}>
                移去此行
              </Button>
            </div>
          ))}
          <Button onClick={() => add()}>添加资质</Button>
        </fieldset>
      )}
    </Form.List>
  );
}
