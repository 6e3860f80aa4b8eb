// A watch page as YouTube lays one out, with the elements that a transcript is read from, in the older and in the newer of its layouts;
// around them the page's own buttons and recommendations, which are no part of what is said.

export interface Cue {
  time: string;
  text: string;
}

export interface WatchPage {
  title: string;
  cues: Cue[];
  layout: 'elements' | 'view-models';
  /** Closed, its panel is there without the cues. */
  open: boolean;
}

export function watchPage({ title, cues, layout, open }: WatchPage): string {
  const segments = cues.map(layout === 'elements' ? segmentElement : segmentViewModel).join('\n');
  const target = layout === 'elements' ? 'engagement-panel-searchable-transcript' : 'PAmodern_transcript_view';
  const visibility = open ? 'EXPANDED' : 'HIDDEN';
  return `<!doctype html>
<html lang="de">
<head><meta charset="utf-8"><title>${title} - YouTube</title><meta name="description" content="Sieh dir Videos an, die dir gefallen."></head>
<body>
<ytd-app>
  <ytd-masthead><input placeholder="Suchen"><button>Anmelden</button></ytd-masthead>
  <ytd-watch-flexy role="main" video-id="x">
    <div id="player"><video class="video-stream html5-main-video" width="640" height="360"></video></div>
    <ytd-watch-metadata><div id="title"><h1><yt-formatted-string>${title}</yt-formatted-string></h1></div>
      <button aria-label="Mag ich">1.204</button><p>84.120 Aufrufe</p></ytd-watch-metadata>
    <div id="panels">
      <ytd-engagement-panel-section-list-renderer target-id="${target}" visibility="ENGAGEMENT_PANEL_VISIBILITY_${visibility}"
        style="display: block; height: 300px; overflow: auto">
        <h2 aria-label="Transkript">Transkript</h2>
        <ytd-transcript-segment-list-renderer><div id="segments-container">
${open ? segments : ''}
        </div></ytd-transcript-segment-list-renderer>
      </ytd-engagement-panel-section-list-renderer>
    </div>
    <ytd-watch-next-secondary-results-renderer><h3>Zehn Tricks, die niemand kennt</h3><p>Ein anderes Video, das empfohlen wird.</p>
    </ytd-watch-next-secondary-results-renderer>
  </ytd-watch-flexy>
</ytd-app>
</body>
</html>`;
}

function segmentElement({ time, text }: Cue): string {
  return `<ytd-transcript-segment-renderer class="style-scope ytd-transcript-segment-list-renderer"><div class="segment" role="button"
    tabindex="0" aria-label="${text}"><div class="segment-start-offset"><div class="segment-timestamp">
      ${time}
    </div></div><yt-formatted-string class="segment-text">${text}</yt-formatted-string></div></ytd-transcript-segment-renderer>`;
}

function segmentViewModel({ time, text }: Cue): string {
  return `<transcript-segment-view-model class="ytwTranscriptSegmentViewModelHost"><div
    class="ytwTranscriptSegmentViewModelTimestamp" aria-hidden="true">${time}</div><div
    class="ytwTranscriptSegmentViewModelTimestampA11yLabel">${time} Minuten</div><span
    class="yt-core-attributed-string" role="text">${text}</span></transcript-segment-view-model>`;
}
