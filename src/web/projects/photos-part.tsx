import { comma, periodText } from '../../language/index.ts';
import type { Project } from '../../model/index.ts';
import { named, type PlaceView } from '../view.ts';
import { projectOfficeWords } from './office-words.ts';
import { projectPath } from './paths.ts';

type Photo = NonNullable<Project['photos']>[number];

function Shown({
  project,
  photo,
  view,
}: {
  readonly project: Project;
  readonly photo: Photo;
  readonly view: PlaceView;
}) {
  const caption = named(photo.caption, view);
  const parting = comma(view.language);
  return (
    <figure class="photo">
      {view.photos === true ? (
        <img
          src={projectPath.photo(view.language, view.here.city, project.id, photo.sha256)}
          alt={caption}
          loading="lazy"
        />
      ) : null}
      <figcaption>
        {[
          caption,
          ...(photo.taken === undefined ? [] : [periodText(photo.taken, view.language)]),
          ...(photo.credit === undefined ? [] : [photo.credit]),
        ].join(parting)}
      </figcaption>
    </figure>
  );
}

/** The photographs of a project, for readers. */
export function Photos({ project, view }: { readonly project: Project; readonly view: PlaceView }) {
  const { photos = [] } = project;
  if (photos.length === 0) return null;
  return (
    <section id="photos">
      <h2>{projectOfficeWords[view.language].photos}</h2>
      <div class="photos">
        {photos.map((photo) => (
          <Shown project={project} photo={photo} view={view} />
        ))}
      </div>
    </section>
  );
}

/** The same in the office: each may be taken out, and one be added. */
export function PhotosForm({
  project,
  portfolio,
  expected,
  asOf,
  mayEdit,
  view,
}: {
  readonly project: Project;
  readonly portfolio: string;
  readonly expected: number;
  readonly asOf: string;
  readonly mayEdit: boolean;
  readonly view: PlaceView;
}) {
  const w = projectOfficeWords[view.language];
  const action = projectPath.photos(view.language, view.here.city, portfolio, project.id);
  return (
    <section id="photos">
      <h2>{w.photos}</h2>
      <p class="quiet">{w.photosText}</p>
      <div class="photos">
        {(project.photos ?? []).map((photo) => (
          <div>
            <Shown project={project} photo={photo} view={view} />
            {mayEdit ? (
              <form method="post" action={action} enctype="multipart/form-data">
                <input type="hidden" name="expected" value={String(expected)} />
                <input type="hidden" name="asOf" value={asOf} />
                <input type="hidden" name="sha256" value={photo.sha256} />
                <p class="field">
                  <label for={`why-${photo.sha256}`}>{w.reason}</label>
                  <input id={`why-${photo.sha256}`} name="reason" maxlength={4000} required />
                </p>
                <button type="submit" name="do" value="take">
                  {w.takeOut}
                </button>
              </form>
            ) : null}
          </div>
        ))}
      </div>
      {mayEdit ? (
        <form method="post" action={action} enctype="multipart/form-data" class="door">
          <input type="hidden" name="expected" value={String(expected)} />
          <input type="hidden" name="asOf" value={asOf} />
          <p class="field">
            <label for="photo">{w.choosePhoto}</label>
            <input
              id="photo"
              name="photo"
              type="file"
              accept="image/jpeg,image/png,image/webp,image/heif,image/heic"
              required
            />
          </p>
          <p class="field">
            <label for="caption_en">{w.captionEn}</label>
            <input id="caption_en" name="caption_en" maxlength={1000} />
          </p>
          <p class="field">
            <label for="caption_zh">{w.captionZh}</label>
            <input id="caption_zh" name="caption_zh" maxlength={1000} />
          </p>
          <p class="field">
            <label for="taken">{w.taken_}</label>
            <input id="taken" name="taken" maxlength={10} />
          </p>
          <p class="field">
            <label for="credit">{w.credit}</label>
            <input id="credit" name="credit" maxlength={200} />
          </p>
          <button type="submit" name="do" value="add">
            {w.addPhoto}
          </button>
        </form>
      ) : null}
    </section>
  );
}
