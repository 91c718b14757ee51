/** To come. */
export default function RegistrationsPage() {
  return null;
}
