// What YouTube calls the parts of a watch page that a transcript is read from: the only place that knows. Two layouts are in use, the
// older of `ytd-*` elements and the newer of view models.

export const WATCH_PAGE = 'ytd-watch-flexy:not([hidden]), ytd-watch-grid:not([hidden])';
export const VIDEO_TITLE = 'ytd-watch-metadata h1';
export const VIDEO = 'video.html5-main-video, video';

/** Segments and the headings of chapters between them, in their order. */
export const SEGMENT = 'ytd-transcript-segment-renderer, transcript-segment-view-model';
export const CHAPTER = 'ytd-transcript-section-header-renderer, timeline-chapter-view-model';
export const SEGMENT_TIME = '.segment-timestamp, .ytwTranscriptSegmentViewModelTimestamp';
export const SEGMENT_TEXT = '.segment-text, .ytAttributedStringHost, .yt-core-attributed-string';
export const CHAPTER_TITLE = '#title, .ytwTimelineChapterViewModelTitle, h3';
