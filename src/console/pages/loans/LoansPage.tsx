/** To come. */
export default function LoansPage() {
  return null;
}
