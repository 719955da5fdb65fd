import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { named, type View } from '../view.ts';
import { fill } from '../words.ts';

/** What a reader sees where there is no page, or where the server failed. */
export function MessagePage({ kind, view }: { readonly kind: 'notFound' | 'fault'; readonly view: View }) {
  const { t, language, here } = view;
  const place = here === null ? null : named(here.place.workspace.city.name, view);
  return (
    <Page
      view={view}
      title={t[kind]}
      {...(here === null || place === null
        ? {}
        : { trail: [{ name: place, href: address.city(language, here.city) }, { name: t[kind] }] })}
    >
      <h1>{t[kind]}</h1>
      <p class="lead">{t[`${kind}Text`]}</p>
      <p>
        {here === null || place === null ? null : (
          <>
            <a href={address.city(language, here.city)}>{fill(t.backTo, { name: place })}</a> ·{' '}
          </>
        )}
        <a href={address.home(language)}>{t.backHome}</a> · <a href={address.search(language)}>{t.search}</a>
      </p>
    </Page>
  );
}
