/** What an authenticator app is told: by a code to scan, and by its secret as text for an app without a camera. */
import { _ } from "../texts.ts";
import { QrCode } from "../ui/qr_code.tsx";

const ISSUER = "YouthSafe";

/** The address that an authenticator app reads. `secret`: in base32. */
export function enrolmentAddress(secret: string, name: string): string {
  return `otpauth://totp/${ISSUER}:${encodeURIComponent(name)}?secret=${secret}&issuer=${ISSUER}`;
}

export function SecondFactor({ secret, name }: { secret: string; name: string }) {
  return (
    <>
      <p>
        {_("Scan this code with the app, or type the letters below into it. Then write the six digits that it shows.")}
      </p>
      <QrCode text={enrolmentAddress(secret, name)} label={_("A code for the app that makes your codes")} />
      <p class="kit-line" dir="ltr" translate={false} data-part="second-factor">
        {(secret.match(/.{1,4}/g) ?? []).join(" ")}
      </p>
    </>
  );
}
