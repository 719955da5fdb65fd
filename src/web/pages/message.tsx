import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import type { View } from '../view.ts';

/** What a reader sees where there is no page, or where the server failed. */
export function MessagePage({ kind, view }: { readonly kind: 'notFound' | 'fault'; readonly view: View }) {
  const { t, language } = view;
  return (
    <Page view={view} title={t[kind]}>
      <h1>{t[kind]}</h1>
      <p class="lead">{t[`${kind}Text`]}</p>
      <p>
        <a href={address.home(language)}>{t.backHome}</a> · <a href={address.search(language)}>{t.search}</a>
      </p>
    </Page>
  );
}
