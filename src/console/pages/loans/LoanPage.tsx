/** To come. */
export default function LoanPage() {
  return null;
}
