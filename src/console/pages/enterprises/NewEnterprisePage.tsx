import { useNavigate } from 'react-router';
import { Page } from '../../parts/Page.tsx';
import { EnterpriseForm } from './EnterpriseForm.tsx';

/** 登记企业: one enterprise put on the register by hand. */
export default function NewEnterprisePage() {
  const navigate = useNavigate();
  return (
    <Page title="登记企业" trail={[{ title: '企业库', to: '/enterprises' }]}>
      <EnterpriseForm onSaved={(uscc) => navigate(`/enterprises/${uscc}`)} />
    </Page>
  );
}
