//! Pictures made anew: nothing of the file that came is kept but what is seen, no place, no camera, no hidden
//! text; and a small one for the page.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{AnimationDecoder as _, DynamicImage, Frame, ImageDecoder as _, ImageFormat, ImageReader, Limits};

/// The longer side in pixels: of what is taken in, of what is kept, of the small one.
const LARGEST: u32 = 12_000;
const KEPT: u32 = 3_000;
const SMALL: u32 = 800;

/// Bytes that decoding may take.
const MEMORY: u64 = 256 * 1024 * 1024;

/// How much of a JPEG is kept, of a hundred: above this the eye sees no more.
const QUALITY: u8 = 85;

/// Frames of a moving picture, and pixels of all of them together; more than that stands still.
const FRAMES: usize = 300;
const MOVING: u64 = 60_000_000;

/// A picture as it is kept.
pub(super) struct Picture {
    pub(super) content_type: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) small: Vec<u8>,
}

/// Makes a picture anew. None: it is none that we know, or broken, or larger than anybody needs.
pub(super) fn anew(bytes: &[u8]) -> Option<Picture> {
    let format = image::guess_format(bytes).ok()?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST);
    limits.max_image_height = Some(LARGEST);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok();
    let mut whole = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(orientation) = orientation {
        whole.apply_orientation(orientation);
    }
    let small = fit(&whole, SMALL);
    // What has clear places stays one that can; a photograph is smaller as one that cannot.
    let clear = whole.color().has_alpha() || format == ImageFormat::Png;
    let small = if clear { png(&small)? } else { jpeg(&small)? };
    if format == ImageFormat::Gif
        && let Some(moving) = moving(bytes, &whole)
    {
        return Some(Picture {
            content_type: "image/gif",
            bytes: moving,
            small,
        });
    }
    let kept = fit(&whole, KEPT);
    Some(Picture {
        content_type: if clear { "image/png" } else { "image/jpeg" },
        bytes: if clear { png(&kept)? } else { jpeg(&kept)? },
        small,
    })
}

/// At most so long on the longer side, never larger than it was.
fn fit(picture: &DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side {
        return picture.clone();
    }
    picture.resize(side, side, FilterType::Triangle)
}

fn jpeg(picture: &DynamicImage) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).ok()?;
    Some(out)
}

fn png(picture: &DynamicImage) -> Option<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    picture.to_rgba8().write_to(&mut out, ImageFormat::Png).ok()?;
    Some(out.into_inner())
}

/// A moving picture, frame by frame. None when it stands still, or moves more than we show.
fn moving(bytes: &[u8], first: &DynamicImage) -> Option<Vec<u8>> {
    let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(bytes)).ok()?;
    let a_frame = u64::from(first.width()) * u64::from(first.height());
    let mut frames: Vec<Frame> = Vec::new();
    for frame in decoder.into_frames() {
        frames.push(frame.ok()?);
        let so_far = a_frame * u64::try_from(frames.len()).unwrap_or(u64::MAX);
        if frames.len() > FRAMES || so_far > MOVING {
            return None;
        }
    }
    if frames.len() < 2 {
        return None;
    }
    let mut out = Vec::new();
    {
        let mut encoder = image::codecs::gif::GifEncoder::new_with_speed(&mut out, 20);
        encoder.set_repeat(image::codecs::gif::Repeat::Infinite).ok()?;
        encoder.encode_frames(frames).ok()?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photograph(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([(x % 256) as u8, (y % 256) as u8, 90])
        }))
    }

    #[test]
    fn nothing_hidden_survives() {
        let mut source = jpeg(&photograph(60, 40)).expect("a picture");
        // A comment, as cameras and people leave them, after the first marker.
        let comment = b"taken at 51.05 N, 3.72 E";
        let mut with = source[..2].to_vec();
        with.extend([0xff, 0xfe, 0, u8::try_from(comment.len() + 2).expect("short")]);
        with.extend(comment);
        with.extend(source.split_off(2));
        assert!(with.windows(comment.len()).any(|part| part == comment));
        let made = anew(&with).expect("it is made anew");
        assert_eq!(made.content_type, "image/jpeg");
        assert!(!made.bytes.windows(comment.len()).any(|part| part == comment));
    }

    #[test]
    fn what_is_large_is_made_smaller() {
        let made = anew(&png(&photograph(3_600, 90)).expect("a picture")).expect("it is made anew");
        let kept = image::load_from_memory(&made.bytes).expect("it is a picture");
        let small = image::load_from_memory(&made.small).expect("it is a picture");
        assert_eq!((kept.width(), kept.height()), (KEPT, 75));
        assert_eq!(small.width(), SMALL);
        assert_eq!(made.content_type, "image/png");
    }

    #[test]
    fn a_moving_picture_moves() {
        let mut source = Vec::new();
        {
            let mut encoder = image::codecs::gif::GifEncoder::new(&mut source);
            let frames =
                (0..3_u8).map(|n| Frame::new(image::RgbaImage::from_pixel(8, 8, image::Rgba([n * 80, 0, 0, 255]))));
            encoder.encode_frames(frames).expect("frames");
        }
        let made = anew(&source).expect("it is made anew");
        assert_eq!(made.content_type, "image/gif");
        let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(made.bytes)).expect("a moving picture");
        assert_eq!(decoder.into_frames().count(), 3);
    }

    #[test]
    fn what_is_no_picture_is_none() {
        for bytes in [&b"hello"[..], b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\nbroken"] {
            assert!(anew(bytes).is_none());
        }
    }
}
